#include "media/base/offered_cuts.h"

#include <gtest/gtest.h>

#include <sstream>

#include "media/base/filler_words.h"
#include "media/base/web_vtt.h"

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

// Words of 300 ms, one right behind the other; "|" is a silence of three seconds.
CueWords said(const std::string& text) {
  CueWords words;
  MediaTime at{};
  std::istringstream stream(text);
  for (std::string word; stream >> word;) {
    if (word == "|") {
      at += 3s;
      continue;
    }
    words.push_back({at, at + 300ms, word});
    at += 300ms;
  }
  return words;
}

std::vector<std::string> offered(const std::string& text, const std::string& language = "en") {
  std::vector<std::string> lines;
  for (const OfferedCut& cut : offered_cuts(said(text), {}, language))
    lines.push_back(std::string(cut_kind_name(cut.kind)) + ": " + cut.words);
  return lines;
}

using Lines = std::vector<std::string>;

TEST(Fillers, AreThoseOfTheLanguage) {
  for (const char* word : {"um", "Uhhm,", "UM", "er...", "Hmm", "m-mm"})
    EXPECT_EQ(is_filler(word, "en-AU"), std::string(word) != "UM") << word;
  EXPECT_TRUE(is_filler("Äh,", "de"));
  EXPECT_TRUE(is_filler("ähhhm", "de-AT"));
  EXPECT_FALSE(is_filler("um", "de")) << "um neun Uhr";
  EXPECT_FALSE(is_filler("er", "de"));
  EXPECT_TRUE(is_filler("Euh", "fr"));
  EXPECT_TRUE(is_filler("Э-э", "ru"));
  EXPECT_TRUE(is_filler("えーっと、", "ja"));
  EXPECT_FALSE(is_filler("um", "")) << "a word of German";
  EXPECT_TRUE(is_filler("ähm", ""));
  for (const char* word : {"", "...", "M", "y", "like", "well", "um-hum"})
    EXPECT_FALSE(is_filler(word, "pl")) << word;
}

TEST(OfferedCuts, AreFillersWithoutTheWordsBesideThem) {
  const auto cuts = offered_cuts(said("We um, ship uh uhm Friday"), {}, "en");
  ASSERT_EQ(cuts.size(), 2u);
  EXPECT_EQ(cuts[0].kind, CutKind::Filler);
  EXPECT_EQ(cuts[0].words, "um,");
  EXPECT_EQ(cuts[0].range.from, 380ms) << "a syllable of the word before it may still sound";
  EXPECT_EQ(cuts[0].range.to, 520ms);
  EXPECT_EQ(cuts[1].words, "uh uhm");
}

TEST(OfferedCuts, TakeSomeOfTheGapThatAFillerLeaves) {
  const auto cuts = offered_cuts(
      {{0s, 1s, "We"}, {1200ms, 1500ms, "um"}, {1700ms, 2s, "ship"}, {5s, 5300ms, "uh"}, {8s, 9s, "it"}}, {},
      "en");
  ASSERT_EQ(cuts.size(), 2u);
  EXPECT_EQ(cuts[0].range.from, 1120ms);
  EXPECT_EQ(cuts[0].range.to, 1620ms);
  EXPECT_EQ(cuts[1].range.from, 4920ms);
  EXPECT_EQ(cuts[1].range.to, 5700ms) << "the rest is the speaker's pace";
}

TEST(OfferedCuts, LeaveOutAFillerThatIsTooShortToBeCut) {
  EXPECT_TRUE(offered_cuts({{0s, 1s, "We"}, {1s, 1200ms, "um"}, {1200ms, 2s, "ship"}}, {}, "en").empty());
}

TEST(OfferedCuts, AreStartsThatWereSaidAgain) {
  EXPECT_EQ(offered("I think, I think we ship"), Lines{"repeated start: I think,"});
  EXPECT_EQ(offered("so we we we ship"), Lines{"repeated start: we we"});
  EXPECT_EQ(offered("I think, um, I think we"), Lines{"repeated start: I think, um,"});
  EXPECT_EQ(offered("um I think I think we"), Lines{"repeated start: um I think"});
  EXPECT_EQ(offered("we publ- publish it"), Lines{"repeated start: publ-"});
  EXPECT_EQ(offered("I th- I think so"), Lines{"repeated start: I th-"});
  EXPECT_EQ(offered("Ich glaube, ich glaube nicht", "de"), Lines{"repeated start: Ich glaube,"});
}

TEST(OfferedCuts, LeaveAloneWhatMayBeMeantTwice) {
  for (const char* text :
       {"a very very good one", "no, no, no", "he had had it", "that that is", "call two two one one",
        "ship it. Ship it", "Ready? Ready", "step by step", "we | we ship", "", "ha", "- -"})
    EXPECT_EQ(offered(text), Lines{}) << text;
}

TEST(OfferedCuts, ARepeatedStartEndsBeforeWhatStays) {
  const auto cuts = offered_cuts(said("and I think I think we"), {}, "en");
  ASSERT_EQ(cuts.size(), 1u);
  EXPECT_EQ(cuts[0].range.from, 380ms);
  EXPECT_EQ(cuts[0].range.to, 820ms);
}

TEST(OfferedCuts, AreSilencesBetweenWords) {
  const auto cuts = offered_cuts(said("We ship | Friday"), {{900ms, 3350ms}}, "en");
  ASSERT_EQ(cuts.size(), 1u);
  EXPECT_EQ(cuts[0].kind, CutKind::Silence);
  EXPECT_EQ(cuts[0].range.from, 900ms);
  EXPECT_EQ(cuts[0].range.to, 3350ms);
  EXPECT_EQ(cuts[0].words, "");
}

TEST(OfferedCuts, KeepAQuietWordWithinASilence) {
  const CueWords words{{0s, 1s, "We"}, {4s, 4500ms, "yes"}, {8s, 9s, "ship"}};
  const auto cuts = offered_cuts(words, {{1300ms, 7750ms}}, "en");
  ASSERT_EQ(cuts.size(), 2u);
  EXPECT_EQ(cuts[0].range.to, 3920ms);
  EXPECT_EQ(cuts[1].range.from, 4580ms);
  EXPECT_EQ(cuts[1].range.to, 7750ms);
}

TEST(OfferedCuts, TrustTheSoundWhereAnEngineStretchedAWord) {
  EXPECT_EQ(offered_cuts({{0s, 3s, "We"}, {3s, 5s, "ship"}}, {{1s, 3500ms}}, "en").size(), 1u);
  EXPECT_EQ(offered_cuts({}, {{1s, 3500ms}}, "").size(), 1u) << "nothing was written down";
}

TEST(OfferedCuts, NeverLieWithinEachOther) {
  const CueWords words{{0s, 1s, "We"}, {2s, 2300ms, "um"}, {6s, 7s, "we"}, {7s, 8s, "we"}, {8s, 9s, "ship"}};
  const auto cuts = offered_cuts(words, {{1300ms, 5750ms}, {5800ms, 7s}}, "en");
  ASSERT_EQ(cuts.size(), 4u);
  for (std::size_t i = 1; i < cuts.size(); ++i) EXPECT_LE(cuts[i - 1].range.to, cuts[i].range.from) << i;
}

TEST(Captions, HaveTheWordsWhoseTimesAreKnown) {
  const std::vector<VttCue> cues{{0s, 2s, "We ship", {{0s, 1s, "We"}, {1s, 2s, "ship"}}}, {3s, 4s, "Friday"}};
  EXPECT_EQ(words_of(cues), cues[0].words);
}

}  // namespace
}  // namespace meanwhile
