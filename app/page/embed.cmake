# Makes a C++ source of the page's own (WEB: their folder; INTO: the source), so that the program has them inside. What is
# joined to the script stands in order.txt, a name a line.
file(STRINGS ${WEB}/order.txt order)
set(script "")
foreach(name ${order})
  file(READ ${WEB}/${name} hex HEX)
  string(APPEND script "${hex}0a")
endforeach()
file(READ ${WEB}/page.html page HEX)
file(READ ${WEB}/page.css style HEX)

set(source "// Made by app/page/embed.cmake.\n#include \"app/page/web_sources.h\"\n\nnamespace meanwhile {\n")
foreach(name page style script)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${${name}}")
  string(APPEND source "\nnamespace {\nconstexpr unsigned char k_${name}[] = {${bytes}0};\n}\n"
                       "std::string_view web_${name}() {\n  return {reinterpret_cast<const char*>(k_${name}), sizeof k_${name} - 1};\n}\n")
endforeach()
file(WRITE ${INTO} "${source}\n}  // namespace meanwhile\n")
