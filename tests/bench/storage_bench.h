// Uploading beside the ready tools, to the same servers in the same run.
#pragma once

#include <string>

#include "media/base/result.h"

namespace meanwhile {

struct StoragePlan {
  int repeats = 1;             // in turns, every second one in the opposite order; the median counts
  std::string server = {};     // "": all of ceph, nginx, apache that are installed
  bool with_all_tools = true;  // else curl alone
  bool with_sealed = false;    // our outbox to a sealed library, too
  double size_factor = 1.0;    // of the material: 200 objects of 500 KB, and 200 MB in one
};

// Prints tables: wall and processor seconds of the client, what is stored then, and ratios. Errors: what kept
// a server or a tool from working.
Result<void> bench_storage(const StoragePlan& plan);

}  // namespace meanwhile
