// Sentences that were begun twice: "I think, I think we", "we publ- publish".
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "media/base/cue_words.h"

namespace meanwhile {

// Of these words, first to one before `after` was said once more from there on.
struct RepeatedStart {
  std::size_t first = 0;
  std::size_t after = 0;
};

// In order, and none within another; fillers between belong to what was said first. At most six words, said
// again within two seconds and in the same sentence; what may be meant twice (filler_words.h) is none.
// language: as is_filler().
std::vector<RepeatedStart> repeated_starts(const CueWords& words, std::string_view language);

}  // namespace meanwhile
