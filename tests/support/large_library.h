// A team's library of years, made up: for measuring what an index of that size costs.
#pragma once

#include <functional>

#include "app/library/index.h"

namespace meanwhile {

struct LargeLibrary {
  int clips = 100'000;
  int comments = 1'000'000;  // with answers, spread unevenly over the clips
  int people = 60;
  int channels = 40;
  int unwatched = 400;  // the newest; the rest has been watched by `me`
  unsigned seed = 1;    // the same seed is the same library
};

// In many transactions. me: who reads it; has written none of the clips, and some of the words. progress:
// clips so far. Words are made up, some common and most rare, as in any language. Errors: Index::apply.
Result<void> fill_index(Index& index, const LargeLibrary& plan, const std::string& me,
                        const std::function<void(int clips)>& progress = {});

// One of the words that many texts have, and one that few have.
std::string common_word();
std::string rare_word();

}  // namespace meanwhile
