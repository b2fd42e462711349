#include "media/base/arrangement.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "media/base/arrangement_edits.h"
#include "media/base/result.h"
#include "media/base/time_range.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

constexpr const char* kOther = "01hf00000000000000000000aa";

Arrangement full() {
  return {.parts = {{101s, 104s}, {0s, 5s}, {7s, 9s}},
          .joined = {{kOther, {101s, 111s}}},
          .cards = {{{120s, 123s}, "The plan", "in \"three\" parts"}},
          .layouts = {{0s, Layout::Screen}, {3s, Layout::Bubble, BubblePlace{0.25, 0.5, 0.3}, 300ms}},
          .zooms = {{{1s, 2s}, 0.25, 0.75, 2.5}},
          .covered = {{{4s, 5s}, CoverTrack::Camera, CoverKind::Solid, 0.1, 0.2, 0.3, 0.4}},
          .chapters = Chapters{{0s, "One"}, {7s, "Two"}},
          .speed = 1.25,
          .poster = 8s,
          .uncut_is_shown = true};
}

TEST(Arrangement, IsReadAsItWasWritten) {
  const auto read = parse_arrangement(to_text(full()));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, full());
  EXPECT_TRUE(parse_arrangement("{}").value().is_nothing());
}

TEST(Arrangement, SaysWhereItMakesNoSense) {
  for (const auto& [text, named] : std::vector<std::pair<std::string, std::string>>{
           {R"([])", "object"},
           {R"({"format":2})", "newer"},
           {R"({"parts":{}})", "parts"},
           {R"({"parts":[{"from_us":0,"to_us":5},{"from_us":9,"to_us":9}]})", "parts 2"},
           {R"({"parts":[{"from_us":-1,"to_us":5}]})", "from_us"},
           {R"({"joined":[{"clip":"../x","from_us":1,"to_us":5}]})", "clip"},
           {R"({"layouts":[{"at_us":0,"layout":"mosaic"}]})", "layout"},
           {R"({"layouts":[{"at_us":0,"layout":"screen","transition_us":600001}]})", "transition_us"},
           {R"({"zooms":[{"from_us":0,"to_us":5,"x":0.5,"y":0.5,"scale":9}]})", "scale"},
           {R"({"zooms":[{"from_us":0,"to_us":5,"x":"0","y":0.5,"scale":2}]})", "\"x\""},
           {R"({"covered":[{"from_us":0,"to_us":5,"x":0,"y":0,"width":1,"height":2}]})", "height"},
           {R"({"covered":[{"from_us":0,"to_us":5,"x":0,"y":0,"width":1,"height":1,"kind":"x"}]})", "kind"},
           {R"({"speed":30})", "speed"}}) {
    const auto read = parse_arrangement(text);
    ASSERT_FALSE(read) << text;
    EXPECT_NE(read.error().message.find(named), std::string::npos) << read.error().message;
  }
}

TEST(Arrangement, IsCheckedAgainstTheRecording) {
  EXPECT_TRUE(check_arrangement(full(), 100s));
  EXPECT_FALSE(check_arrangement(full(), 8s)) << "a part past the end";
  EXPECT_FALSE(check_arrangement(full(), 105s)) << "what is joined lies on the recording";
  Arrangement twice = full();
  twice.cards.front().place = {110s, 112s};
  EXPECT_FALSE(check_arrangement(twice, 100s)) << "the card lies on what is joined";
  Arrangement zooms = full();
  zooms.zooms.push_back({{1500ms, 3s}, 0.5, 0.5, 2});
  EXPECT_FALSE(check_arrangement(zooms, 100s));
}

TEST(ArrangementEdits, CutsAndBringsBack) {
  const Arrangement cut = with_cut({}, 10s, {2s, 4s}).value();
  EXPECT_EQ(cut.parts, (std::vector<TimeRange>{{0s, 2s}, {4s, 10s}}));
  const Arrangement more = with_cut(cut, 10s, {3s, 6s}).value();
  EXPECT_EQ(more.parts, (std::vector<TimeRange>{{0s, 2s}, {6s, 10s}}));
  EXPECT_EQ(with_restored(more, 10s, {3s, 5s}).value().parts,
            (std::vector<TimeRange>{{0s, 2s}, {3s, 5s}, {6s, 10s}}));
  EXPECT_TRUE(with_restored(more, 10s, {0s, 10s}).value().is_nothing());
  EXPECT_FALSE(with_cut(more, 10s, {3s, 5s})) << "nothing of it is shown";
  EXPECT_FALSE(with_cut(more, 10s, {0s, 10s})) << "nothing would be left";
  EXPECT_FALSE(with_restored({}, 10s, {0s, 10s}));
}

TEST(ArrangementEdits, WhatIsTooShortToBeSeenGoesWithTheCut) {
  EXPECT_EQ(with_cut({}, 10s, {20ms, 4s}).value().parts, (std::vector<TimeRange>{{4s, 10s}}));
}

TEST(ArrangementEdits, JoinsAtAMomentAndAtTheEnd) {
  const Arrangement joined = with_joined({}, 9500ms, kOther, 5s, 3s).value();
  EXPECT_EQ(joined.joined, (std::vector<JoinedClip>{{kOther, {10s, 15s}}}));
  EXPECT_EQ(joined.parts, (std::vector<TimeRange>{{0s, 3s}, {10s, 15s}, {3s, 9500ms}}));
  const Arrangement twice = with_joined(joined, 9500ms, kOther, 5s, MediaTime::max()).value();
  EXPECT_EQ(twice.parts.back(), (TimeRange{16s, 21s})) << "its comments have another place";
  const Arrangement without = with_cut(twice, 9500ms, {10s, 15s}).value();
  EXPECT_EQ(without.joined.size(), 1U);
  EXPECT_EQ(without.joined.front().place.from, 16s) << "what is still there keeps its place";
}

TEST(ArrangementEdits, BeginsWithACard) {
  const Arrangement carded = with_card({}, 8s, "Hello", "", 3s, 0s).value();
  EXPECT_EQ(carded.parts, (std::vector<TimeRange>{{9s, 12s}, {0s, 8s}}));
  EXPECT_FALSE(with_card({}, 8s, "", "", 3s, 0s)) << "a card without a title";
  EXPECT_FALSE(with_card({}, 8s, "Hello", "", 61s, 0s));
}

TEST(ArrangementEdits, PartsChangePlaces) {
  const Arrangement cut = with_cut({}, 10s, {2s, 4s}).value();
  EXPECT_EQ(with_moved(cut, 10s, 1, 0).value().parts, (std::vector<TimeRange>{{4s, 10s}, {0s, 2s}}));
  EXPECT_FALSE(with_moved(cut, 10s, 2, 0));
}

TEST(ArrangementPoster, IsOfWhatIsShown) {
  const MediaTime length = std::chrono::seconds(60);
  EXPECT_FALSE(poster_moment({}, length)) << "the recording's own may";
  Arrangement cut = with_cut({}, length, {MediaTime{}, std::chrono::seconds(10)}).value();
  EXPECT_EQ(poster_moment(cut, length), std::chrono::seconds(10));
  cut.poster = std::chrono::seconds(5);
  EXPECT_FALSE(check_arrangement(cut, length));
  cut.poster = std::chrono::seconds(20);
  EXPECT_TRUE(check_arrangement(cut, length));
  EXPECT_EQ(poster_moment(cut, length), std::chrono::seconds(20));
  EXPECT_EQ(parse_arrangement(to_text(cut)).value(), cut);
  cut = with_cut(cut, length, {std::chrono::seconds(15), std::chrono::seconds(25)}).value();
  EXPECT_FALSE(cut.poster) << "it goes with what is cut";
  EXPECT_EQ(poster_moment({.covered = {{.width = 1, .height = 1}}}, length), MediaTime{})
      << "without what is covered";
}

TEST(ArrangementPoster, NeitherCardsNorWhatIsJoinedStandForIt) {
  const MediaTime length = std::chrono::seconds(60);
  const Arrangement card = with_card({}, length, "Ahead", "", std::chrono::seconds(3), MediaTime{}).value();
  EXPECT_EQ(poster_moment(card, length), MediaTime{});
  Arrangement wrong = card;
  wrong.poster = card.cards.front().place.from;
  EXPECT_FALSE(check_arrangement(wrong, length));
}

}  // namespace
}  // namespace meanwhile::test
