// What people and programs read of an exported library: foreign text in all of it is escaped.
#pragma once

#include <string>
#include <vector>

#include "app/library/index.h"
#include "app/moving/library_export.h"

namespace meanwhile {

// comments.md
std::string comments_page(const Clip& clip, const std::vector<Thread>& threads, const std::string& zone);
// library.json
std::string library_json(const LibraryContents& contents, const LibraryExport& done);
// index.html
std::string library_page(const LibraryContents& contents, const LibraryExport& done, const std::string& zone);

}  // namespace meanwhile
