# Makes a C++ source of a page's own (WEB: its folder; NAME: the begin of its functions; INTO: the source), so that the
# program has them inside. What is joined to the script stands in order.txt, a name a line. Indentation and lines that are
# comments stay behind: the page goes over the line before the first picture.
function(read_lean file into)
  file(READ ${file} text)
  string(REGEX REPLACE "\n[\t ]*//[^\n]*" "" text "\n${text}")
  string(REGEX REPLACE "\n[\t ]+" "\n" text "${text}")
  string(SUBSTRING "${text}" 1 -1 text)
  string(HEX "${text}" hex)
  set(${into} "${hex}" PARENT_SCOPE)
endfunction()

file(STRINGS ${WEB}/order.txt order)
set(script "")
foreach(name ${order})
  read_lean(${WEB}/${name} hex)
  string(APPEND script "${hex}0a")
endforeach()
read_lean(${WEB}/page.html page)
# Colours, and what all pages have in common.
read_lean(${CMAKE_CURRENT_LIST_DIR}/web/theme.css theme)
read_lean(${WEB}/page.css style)
string(PREPEND style "${theme}")

set(source "// Made by app/page/embed.cmake.\n#include \"app/page/web_sources.h\"\n\nnamespace meanwhile {\n")
foreach(part page style script)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${${part}}")
  set(array k_${NAME}_${part})
  string(APPEND source "\nnamespace {\nconstexpr unsigned char ${array}[] = {${bytes}0};\n}\n"
                       "std::string_view ${NAME}_${part}() {\n  return {reinterpret_cast<const char*>(${array}), sizeof ${array} - 1};\n}\n")
endforeach()
file(WRITE ${INTO} "${source}\n}  // namespace meanwhile\n")
