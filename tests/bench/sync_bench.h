// What it costs to take in a library that others have written for years, and then one more word.
#pragma once

#include <filesystem>
#include <string>

#include "media/base/result.h"
#include "tests/support/written_library.h"

namespace meanwhile {

struct SyncPlan {
  std::string library;         // URL of an empty place; "": a folder of this run's own
  std::string sealed_library;  // another one, for is_sealed_too
  bool is_sealed_too = false;
  int repeats = 1;  // in turns, each time into a fresh home; the median counts
  LibraryPlan written;
};

// Writes the library, reads it into a fresh home as the app does, and prints a table; and the same words once
// more in a sealed library, with the ratio. What was written at a URL stays there. Errors: the storage's, the
// disk's.
Result<void> measure_sync(const SyncPlan& plan);

}  // namespace meanwhile
