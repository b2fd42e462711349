#include "media/capture/avdevice/input_times.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr MediaTime kWall = std::chrono::hours(500'000);
constexpr MonotonicTime kNow{seconds(5000)};

TEST(LiveTimes, KernelsMonotonicStampsAreTakenAsTheyAre) {
  LiveTimes times;

  EXPECT_EQ(times.instant(MediaTime(seconds(5000) - milliseconds(30)), kNow, kWall), kNow - milliseconds(30));
}

TEST(LiveTimes, WallClockStampsAreMovedToTheMonotonicClock) {
  LiveTimes times;

  EXPECT_EQ(times.instant(kWall - milliseconds(25), kNow, kWall), kNow - milliseconds(25));
}

TEST(LiveTimes, WallClockThatIsSetMovesNothing) {
  for (const auto jump : {seconds(5), seconds(-5), seconds(3600), seconds(-3600)}) {
    LiveTimes times;
    times.instant(kWall - milliseconds(25), kNow, kWall);
    const auto later = kNow + seconds(1);
    const auto wall = kWall + seconds(1) + jump;
    EXPECT_EQ(times.instant(wall - milliseconds(25), later, wall), later - milliseconds(25));
  }
}

TEST(LiveTimes, OtherStampsAreLinedUpWithTheQuickestArrival) {
  LiveTimes times;
  times.instant(milliseconds(0), kNow + milliseconds(80), kWall);
  times.instant(milliseconds(40), kNow + milliseconds(40), kWall);

  const MonotonicTime late = times.instant(milliseconds(80), kNow + milliseconds(150), kWall);

  EXPECT_GE(late, kNow + milliseconds(80));
  EXPECT_LT(late, kNow + milliseconds(81));
}

TEST(LiveTimes, NothingIsStampedInTheFuture) {
  LiveTimes times;

  EXPECT_LE(times.instant(MediaTime(seconds(5003)), kNow, kWall), kNow);
}

TEST(LiveTimes, StampsThatJumpAreLinedUpAgain) {
  LiveTimes times;
  times.instant(milliseconds(0), kNow, kWall);

  EXPECT_EQ(times.instant(seconds(90), kNow + milliseconds(40), kWall), kNow + milliseconds(40));
}

TEST(PacedTimes, FileIsPlayedAtItsOwnSpeedFromItsFirstFrame) {
  PacedTimes times;

  EXPECT_EQ(times.due(seconds(7), milliseconds(40), 0, kNow), kNow);
  EXPECT_EQ(times.due(seconds(7) + milliseconds(40), milliseconds(40), 0, kNow), kNow + milliseconds(40));
}

TEST(PacedTimes, NextRoundFollowsWithoutAGap) {
  PacedTimes times;
  times.due(seconds(1), milliseconds(40), 0, kNow);
  times.due(seconds(1) + milliseconds(40), milliseconds(40), 0, kNow);

  EXPECT_EQ(times.due(seconds(1), milliseconds(40), 1, kNow), kNow + milliseconds(80));
}

TEST(PacedTimes, FramesWithoutTimesComeAtTheRate) {
  PacedTimes times;
  times.due({}, milliseconds(40), 0, kNow);

  EXPECT_EQ(times.due({}, milliseconds(40), 0, kNow), kNow + milliseconds(40));
}

TEST(PacedTimes, TimesThatStandStillOrGoBackStillRise) {
  PacedTimes times;
  times.due(seconds(1), milliseconds(40), 0, kNow);

  EXPECT_GT(times.due(seconds(1), milliseconds(40), 0, kNow), kNow);
  EXPECT_GT(times.due(milliseconds(10), milliseconds(40), 0, kNow), kNow + milliseconds(40));
}

TEST(PacedTimes, MachineThatIsTooSlowGetsTruthfulStamps) {
  PacedTimes times;
  times.due(seconds(0), milliseconds(40), 0, kNow);
  const MonotonicTime late = kNow + seconds(2);

  EXPECT_EQ(times.due(milliseconds(40), milliseconds(40), 0, late), late);
  EXPECT_EQ(times.due(milliseconds(80), milliseconds(40), 0, late), late + milliseconds(40));
}

}  // namespace
}  // namespace meanwhile
