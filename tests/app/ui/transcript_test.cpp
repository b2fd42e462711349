#include "app/ui/transcript.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

const VttCue kTimed{1s, 4s, "We ship Friday", {{1s, 1500ms, "We"}, {1500ms, 2s, "ship"}, {3s, 4s, "Friday"}}};
const VttCue kPlain{5s, 8s, "and then\nnothing"};

TEST(TranscriptWords, HaveTheirOwnTimesOrTheirCaptions) {
  const auto timed = transcript_words(kTimed);
  ASSERT_EQ(timed.size(), 3u);
  EXPECT_EQ(timed[2].text, "Friday");
  EXPECT_EQ(timed[2].from, 3s);
  const auto plain = transcript_words(kPlain);
  ASSERT_EQ(plain.size(), 3u);
  EXPECT_EQ(plain[2].text, "nothing");
  EXPECT_EQ(plain[2].from, 5s);
}

TEST(Transcript, KnowsWhatIsBeingSaid) {
  const std::vector<VttCue> cues{kTimed, kPlain};
  EXPECT_EQ(cue_said_at(cues, 500ms), std::nullopt);
  EXPECT_EQ(cue_said_at(cues, 1s), 0u);
  EXPECT_EQ(cue_said_at(cues, 4500ms), 0u) << "it was said last";
  EXPECT_EQ(cue_said_at(cues, 9s), 1u);
  EXPECT_EQ(word_said_at(kTimed, 1200ms), 0u);
  EXPECT_EQ(word_said_at(kTimed, 2500ms), 1u) << "until the next one begins";
  EXPECT_EQ(word_said_at(kTimed, 4s), std::nullopt);
  EXPECT_EQ(word_said_at(kPlain, 6s), std::nullopt);
}

TEST(Transcript, PlacesWordsInLines) {
  const auto measure = [](std::string_view word) { return float(word.size()) * 10; };
  const auto places = place_words(transcript_words(kTimed), 75, 10, measure);
  ASSERT_EQ(places.size(), 3u);
  EXPECT_EQ(places[1].left, 30);
  EXPECT_EQ(places[1].line, 0u);
  EXPECT_EQ(places[2].left, 0);
  EXPECT_EQ(places[2].line, 1u);
  EXPECT_EQ(place_words(transcript_words(kTimed), 1, 10, measure)[2].line, 2u) << "a word is never broken";
}

TEST(Transcript, ChosenWordsHaveARangeWhicheverEndCameFirst) {
  const std::vector<VttCue> cues{kTimed, kPlain};
  const ChosenWords chosen = chosen_between({1, 1}, {0, 1});
  EXPECT_EQ(begin_of(cues, chosen), 1500ms);
  EXPECT_EQ(end_of(cues, chosen), 8s);
  EXPECT_EQ(copied_words(cues, chosen), "0:01 ship Friday and then");
  EXPECT_TRUE(chosen.contains({0, 2}));
  EXPECT_FALSE(chosen.contains({0, 0}));
}

}  // namespace
}  // namespace meanwhile
