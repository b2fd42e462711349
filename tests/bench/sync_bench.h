// What it costs to take in a library that others have written for years, and then one more word.
#pragma once

#include <filesystem>
#include <string>

#include "media/base/result.h"
#include "tests/support/written_library.h"

namespace meanwhile {

struct SyncPlan {
  std::string library;  // URL of an empty place; "": a folder of this run's own
  LibraryPlan written;
};

// Writes the library, reads it into a fresh home as the app does, and prints a table. What was written at a
// URL stays there. Errors: the storage's, the disk's.
Result<void> measure_sync(const SyncPlan& plan);

}  // namespace meanwhile
