#include "media/base/cue_correction.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

const VttCue kHeard{1s,
                    6s,
                    "we will accomplish on fry day",
                    {{1s, 1200ms, "we", 90},
                     {1200ms, 1500ms, "will", 80},
                     {1600ms, 2400ms, "accomplish", 30},
                     {2500ms, 2700ms, "on", 70},
                     {3s, 3400ms, "fry", 20},
                     {3400ms, 4s, "day", 40}}};

TEST(CorrectedCue, LeavesUnchangedWordsAsTheyWere) {
  const VttCue corrected = corrected_cue(kHeard, " we will  publish on fry day\n");
  EXPECT_EQ(corrected.text, "we will publish on fry day");
  ASSERT_EQ(corrected.words.size(), 6u);
  EXPECT_EQ(corrected.words[2], (CueWord{1600ms, 2400ms, "publish", 100}));
  for (const std::size_t same : {0u, 1u, 3u, 4u, 5u}) EXPECT_EQ(corrected.words[same], kHeard.words[same]);
}

TEST(CorrectedCue, SharesTheTimeOfWhatWasReplacedByLength) {
  const VttCue corrected = corrected_cue(kHeard, "we will publish it today on Friday");
  ASSERT_EQ(corrected.words.size(), 7u);
  EXPECT_EQ(corrected.words[2], (CueWord{1600ms, 2000ms, "publish"}));
  EXPECT_EQ(corrected.words[3].to, corrected.words[4].from);
  EXPECT_EQ(corrected.words[4].to, 2400ms);
  EXPECT_EQ(corrected.words[6], (CueWord{3s, 4s, "Friday"}));
}

TEST(CorrectedCue, PutsNewWordsIntoTheGaps) {
  const VttCue corrected = corrected_cue(kHeard, "So we will really accomplish on fry day okay?");
  ASSERT_EQ(corrected.words.size(), 9u);
  EXPECT_EQ(corrected.words[0], (CueWord{1s, 1s, "So"})) << "there is no time before the first word";
  EXPECT_EQ(corrected.words[3], (CueWord{1500ms, 1600ms, "really"}));
  EXPECT_EQ(corrected.words[8], (CueWord{4s, 6s, "okay?"}));
}

TEST(CorrectedCue, CanBeWrittenAndReadAgain) {
  for (const char* text :
       {"So we will really accomplish", "day fry on", "one", "we we will will accomplish on on fry day"}) {
    const VttCue corrected = corrected_cue(kHeard, text);
    EXPECT_EQ(parse_web_vtt(to_web_vtt({corrected})).value(), std::vector{corrected}) << text;
  }
}

TEST(CorrectedCue, OfACaptionWithoutTimesHasNone) {
  EXPECT_EQ(corrected_cue({1s, 2s, "two\nlines"}, "two words"), (VttCue{1s, 2s, "two words"}));
  EXPECT_EQ(line_of({1s, 2s, "two\nlines"}), "two lines");
  EXPECT_EQ(corrected_cue(kHeard, "  ").text, "");
}

}  // namespace
}  // namespace meanwhile
