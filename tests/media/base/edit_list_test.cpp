#include "media/base/edit_list.h"

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/time_range.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

TEST(EditList, TellsBothTimelinesFromEachOther) {
  const EditList edits = EditList::create({{2s, 5s}, {10s, 12s}}).value();
  EXPECT_EQ(edits.duration(), 5s);
  EXPECT_EQ(edits.recorded(0s), 2s);
  EXPECT_EQ(edits.recorded(3s), 10s) << "a border belongs to what comes";
  EXPECT_EQ(edits.recorded(5s), 12s);
  EXPECT_EQ(edits.edited(4s), 2s);
  EXPECT_EQ(edits.edited(11s), 4s);
  EXPECT_EQ(edits.edited(7s), std::nullopt);
  EXPECT_EQ(edits.edited_near(7s), 3s);
  EXPECT_EQ(edits.edited_near(0s), 0s);
  EXPECT_EQ(edits.edited_near(60s), 5s);
}

TEST(EditList, PartsMayComeInAnotherOrder) {
  const EditList edits = EditList::create({{10s, 12s}, {2s, 5s}}).value();
  EXPECT_EQ(edits.recorded(1s), 11s);
  EXPECT_EQ(edits.recorded(2s), 2s);
  EXPECT_EQ(edits.edited(2s), 2s);
  EXPECT_EQ(edits.edited(10s), 0s);
  EXPECT_EQ(edits.edited_near(7s), 0s) << "what was recorded next is what is shown first";
  EXPECT_EQ(edits.cuts(12s), (std::vector<TimeRange>{{0s, 2s}, {5s, 10s}}));
}

TEST(EditList, PartsThatTouchAreOne) {
  EXPECT_EQ(EditList::create({{0s, 2s}, {2s, 5s}}).value(), EditList::whole(5s));
}

TEST(EditList, EveryMomentOfItLeadsToWhereItIsShown) {
  const EditList edits = EditList::create({{7s, 9s}, {1s, 2s}, {20s, 23s}, {3s, 6s}}).value();
  for (MediaTime at{}; at < edits.duration(); at += 37ms) EXPECT_EQ(edits.edited(edits.recorded(at)), at);
}

TEST(EditList, CutsMayOverlapAndReachPastTheEnds) {
  const EditList edits = EditList::without(10s, {{4s, 6s}, {5s, 7s}, {-1s, 1s}, {9s, 20s}}).value();
  EXPECT_EQ(edits.parts(), (std::vector<TimeRange>{{1s, 4s}, {7s, 9s}}));
}

TEST(EditList, RefusesWhatCannotBeShown) {
  for (const std::vector<TimeRange>& parts : std::vector<std::vector<TimeRange>>{
           {}, {{-1s, 1s}}, {{1s, 1s}}, {{2s, 1s}}, {{0s, 2s}, {1s, 3s}}, {{1s, 3s}, {0s, 2s}}}) {
    const auto edits = EditList::create(parts);
    ASSERT_FALSE(edits);
    EXPECT_EQ(edits.error().code, ErrorCode::InvalidArgument);
  }
  EXPECT_FALSE(EditList::without(10s, {{0s, 10s}}));
}

}  // namespace
}  // namespace meanwhile::test
