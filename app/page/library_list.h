// What a library has, as the page at its folder's root lists it: the same for all members.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/library/index.h"
#include "media/base/identifier.h"
#include "media/base/result.h"

namespace meanwhile {

struct ListedUpdate {
  Clip clip;
  std::string page = {};    // relative address of a page that shows it; "": none does
  bool is_locked = false;   // by a password
  std::string poster = {};  // its key; "": there is none that is known
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

// store: the posters of updates whose manifest was replaced are found by it. Blocks for those that aren't
// here yet. Errors: Index's, Aborted.
Result<LibraryList> read_library_list(Index& index, const ClipStore& store, const std::string& library,
                                      const std::string& name, WallTime now, const std::stop_token& stop);

}  // namespace meanwhile
