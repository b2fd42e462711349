// What a library has, as the page at its folder's root lists it: the same for all members.
#pragma once

#include <string>
#include <vector>

#include "app/library/index.h"
#include "media/base/identifier.h"
#include "media/base/result.h"

namespace meanwhile {

struct ListedUpdate {
  Clip clip;
  std::string page = {};   // relative address of a page that shows it; "": none does
  bool is_locked = false;  // by a password
};

struct ListedChannel {
  std::string name;  // "": updates of no channel
  bool is_archived = false;
  std::vector<ListedUpdate> updates;  // the newest first
};

struct LibraryList {
  std::string library;  // its id
  std::string name;
  std::vector<ListedChannel> channels;  // with updates; the newest update first, archived ones last
  bool has_older = false;               // updates that aren't listed
};

// Errors: Index's.
Result<LibraryList> read_library_list(Index& index, const std::string& library, const std::string& name,
                                      WallTime now);

}  // namespace meanwhile
