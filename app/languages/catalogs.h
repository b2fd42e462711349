// What CMake makes of the catalogs beside this file (embed.cmake).
#pragma once

#include <span>
#include <string_view>

namespace meanwhile {

struct CatalogFile {
  const char* code;
  const char* name;
  std::string_view bytes;
};

std::span<const CatalogFile> catalog_files();

}  // namespace meanwhile
