// What follows once parts of an update were removed for good: nothing of them stays, here or in the library.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "media/base/result.h"

namespace meanwhile {

struct SettledRemovals {
  bool is_all = true;                      // nothing is left to do
  std::vector<std::string> troubles = {};  // sentences
};

// For each clip whose manifest was replaced: drops from this machine's cache what was removed; of one's own
// also from the place, from what waits to be sent again, and the recording on this machine if it is the
// earlier one. What is done is noted in the library's folder, what isn't is gone on with the next time.
// index: of the thread that asks, which may sync(). Blocks. Errors: Aborted; Index's.
Result<SettledRemovals> settle_removals(OpenLibrary& library, Index& index, const std::stop_token& stop);

}  // namespace meanwhile
