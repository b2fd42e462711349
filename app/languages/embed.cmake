# Makes a C++ source of compiled catalogs, so that the program has them inside and needs no folder of its own.
# FILES: de.mo;es.mo  INTO: the source. A catalog says its language's own name in its header (X-Language-Name).
set(source "// Made by app/languages/embed.cmake.\n#include \"app/languages/catalogs.h\"\n\n#include <array>\n#include <span>\n\nnamespace meanwhile {\nnamespace {\n")
set(entries "")
set(count 0)
foreach(file ${FILES})
  get_filename_component(code ${file} NAME_WE)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  # Of the file of text, for the compiled one isn't text.
  file(STRINGS ${FOLDER}/${code}.po header ENCODING UTF-8 REGEX "^\"X-Language-Name: ")
  string(REGEX REPLACE "^\"X-Language-Name: (.*)\\\\n\"$" "\\1" name "${header}")
  string(APPEND source "constexpr unsigned char k_${code}[] = {${bytes}};\n")
  string(APPEND entries "      {\"${code}\", \"${name}\", {reinterpret_cast<const char*>(k_${code}), sizeof k_${code}}},\n")
  math(EXPR count "${count} + 1")
endforeach()
file(WRITE ${INTO} "${source}}  // namespace\n
std::span<const CatalogFile> catalog_files() {
  static const std::array<CatalogFile, ${count}> files{{\n${entries}  }};
  return files;
}\n
}  // namespace meanwhile\n")
