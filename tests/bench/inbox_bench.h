// What an inbox of years costs: lists, searches, the program's start and its memory.
#pragma once

#include <filesystem>

#include "media/base/result.h"
#include "tests/support/large_library.h"

namespace meanwhile {

// home: made once (minutes), with an index of that size and no clips behind it; kept for the next time.
Result<void> measure_inbox(const std::filesystem::path& home, const LargeLibrary& plan);

}  // namespace meanwhile
