// A shared page beside one with hls.js, on the same files, server and line.
#pragma once

#include <filesystem>

#include "media/base/result.h"

namespace meanwhile {

struct PagePlan {
  std::filesystem::path cache;  // of the films
  int repeats = 5;              // of each, in turns
};

// Five minutes on Ceph, 20 ms away. Prints a table. Errors: NotFound (a program that isn't installed),
// Unavailable.
Result<void> measure_page(const PagePlan& plan);

// An hour there: how large its page is, how soon it begins and seeks, and what the tab takes after five
// minutes at three times the speed.
Result<void> measure_page_of_an_hour(const PagePlan& plan);

}  // namespace meanwhile
