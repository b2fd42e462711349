// The page at the root of a folder library: what is in it, for whoever opens the folder without the program.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "app/page/library_list.h"
#include "media/base/identifier.h"
#include "media/base/result.h"

namespace meanwhile {

constexpr const char* kLibraryPageKey = "index.html";

std::string library_page(const LibraryList& list);

// Keeps it up to date. Several members' apps do, so that it isn't "written once by one writer": each writes
// only when what it knows itself has changed, and nobody a file that isn't such a page.
// Thread: one at a time, that may use `index`.
class LibraryPageKeeper {
 public:
  // library: outlives this.
  explicit LibraryPageKeeper(OpenLibrary& library) : library_(library) {}

  // true: it was written. Nothing happens where the library isn't an open folder. Errors: Index's, the
  // place's.
  Result<bool> look(Index& index, WallTime now, const std::stop_token& stop);

 private:
  OpenLibrary& library_;
  std::optional<std::string> known_;  // the mark of what was looked at last
};

// What a page's list says of itself; nullopt: it isn't such a page.
std::optional<std::string> mark_of_page(std::string_view page);

}  // namespace meanwhile
