// What somebody may want to cut out of what they said: offered to them, never done by itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "media/base/cue_words.h"
#include "media/base/time_range.h"

namespace meanwhile {

enum class CutKind {
  Silence,        // nothing is said, and nothing happens
  Filler,         // "um"
  RepeatedStart,  // "I think, I think we": the first two words, and fillers that touch them
};
// "silence", "filler", "repeated start".
std::string_view cut_kind_name(CutKind kind);

struct OfferedCut {
  CutKind kind = CutKind::Silence;
  TimeRange range;    // some distance from every word that stays
  std::string words;  // that go with it, as they are written down; of a silence ""
};

// By time, none within another. words: of the captions (words_of). pauses: find_pauses's, or none.
// language: of the captions, BCP 47; "": not known, and only what is a word in no language is a filler.
std::vector<OfferedCut> offered_cuts(const CueWords& words, const std::vector<TimeRange>& pauses,
                                     std::string_view language);

}  // namespace meanwhile
