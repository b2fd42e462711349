// A draft's arrangement when the draft is cut to its start and end.
#include "media/base/arrangement_trim.h"

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/arrangement_edits.h"
#include "media/base/media_time.h"
#include "media/base/trim.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr MediaTime kWhole = seconds(100);
const KeptRange kKept{seconds(10), seconds(60)};

Arrangement within(const Arrangement& arrangement, const KeptRange& kept = kKept) {
  const auto left = arrangement_within(arrangement, kWhole, kept);
  EXPECT_TRUE(left) << left.error().message;
  return left ? *left : Arrangement{};
}

TEST(ArrangementTrim, PartsAreThoseThatAreLeftOnTheNewTimeline) {
  const Arrangement left = within({.parts = {{seconds(50), seconds(80)}, {seconds(0), seconds(20)}}});
  EXPECT_EQ(left.parts, (std::vector<TimeRange>{{seconds(40), seconds(50)}, {seconds(0), seconds(10)}}));
}

TEST(ArrangementTrim, WhatWasNotCutStaysUncut) {
  EXPECT_TRUE(within({}).is_nothing());
  EXPECT_TRUE(within({.parts = {{seconds(5), seconds(90)}}}).is_nothing())
      << "the trim cuts all of that already";
}

TEST(ArrangementTrim, WhatIsJoinedStaysWhereItIsPlayed) {
  auto joined = with_joined({}, kWhole, "0123456789abcdef0123456789abcdef", seconds(7), seconds(30));
  ASSERT_TRUE(joined);
  const Arrangement left = within(*joined);
  ASSERT_EQ(left.joined.size(), 1U);
  EXPECT_EQ(left.joined[0].place.duration(), seconds(7));
  EXPECT_GE(left.joined[0].place.from, kKept.duration());
  EXPECT_EQ(left.parts, (std::vector<TimeRange>{
                            {seconds(0), seconds(20)}, left.joined[0].place, {seconds(20), seconds(50)}}));
  EXPECT_TRUE(check_arrangement(left, kKept.duration()));
}

TEST(ArrangementTrim, APartThatGoesOnIntoWhatIsJoinedFallsApart) {
  Arrangement arrangement{.cards = {{{kWhole, kWhole + seconds(3)}, "The end"}}};
  arrangement.parts = {{seconds(50), kWhole}, {kWhole, kWhole + seconds(3)}};
  const Arrangement left = within(arrangement);
  EXPECT_EQ(left.parts, (std::vector<TimeRange>{{seconds(40), seconds(50)}, {seconds(50), seconds(53)}}));
}

TEST(ArrangementTrim, TheLayoutThatHeldAtTheNewBeginningHoldsFromThere) {
  const Arrangement left = within({.layouts = {{seconds(2), Layout::Screen, {}, milliseconds(300)},
                                               {seconds(5), Layout::Bubble, {}, milliseconds(300)},
                                               {seconds(20), Layout::Camera, {}, milliseconds(300)}}});
  ASSERT_EQ(left.layouts.size(), 2U);
  EXPECT_EQ(left.layouts[0], (TimedLayout{MediaTime{}, Layout::Bubble, {}, MediaTime{}}));
  EXPECT_EQ(left.layouts[1], (TimedLayout{seconds(10), Layout::Camera, {}, milliseconds(300)}));
}

TEST(ArrangementTrim, CoversAndZoomsAreCutToWhatIsLeft) {
  const Arrangement left =
      within({.zooms = {{.range = {seconds(1), seconds(5)}}, {.range = {seconds(58), seconds(70)}}},
              .covered = {{.range = {seconds(5), seconds(15)}, .width = 0.5, .height = 0.5}}});
  ASSERT_EQ(left.zooms.size(), 1U);
  EXPECT_EQ(left.zooms[0].range, (TimeRange{seconds(48), seconds(50)}));
  ASSERT_EQ(left.covered.size(), 1U);
  EXPECT_EQ(left.covered[0].range, (TimeRange{seconds(0), seconds(5)}));
}

TEST(ArrangementTrim, APosterThatIsTrimmedAwayIsNone) {
  EXPECT_EQ(within({.poster = seconds(30)}).poster, seconds(20));
  EXPECT_FALSE(within({.poster = seconds(5)}).poster);
  EXPECT_FALSE(within({.poster = seconds(60)}).poster);
}

TEST(ArrangementTrim, ADraftOfWhichNothingIsLeftIsAnError) {
  const auto left = arrangement_within({.parts = {{seconds(0), seconds(9)}}}, kWhole, kKept);
  ASSERT_FALSE(left);
  EXPECT_EQ(left.error().code, ErrorCode::InvalidArgument);
}

}  // namespace
}  // namespace meanwhile
