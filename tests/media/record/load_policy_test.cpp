#include "media/record/load_policy.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr LoadSigns kCalmSigns{.queue_share = 0.125};
constexpr LoadSigns kFull{.queue_share = 0.75};
constexpr LoadSigns kLost{.queue_share = 0, .has_dropped = true};

class LoadPolicyTest : public ::testing::Test {
 protected:
  // The same signs, 10 times a second.
  LoadLevel go_on(MediaTime length, LoadSigns signs) {
    for (const MediaTime end = now_ + length; now_ < end; now_ += milliseconds(100))
      policy_.observe(now_, signs);
    return policy_.level();
  }
  // Until the level is another one. How long that took.
  MediaTime until_it_changes(LoadSigns signs) {
    const MediaTime start = now_;
    const LoadLevel level = policy_.level();
    while (policy_.observe(now_, signs) == level && now_ - start < std::chrono::hours(1)) {
      now_ += milliseconds(100);
    }
    return now_ - start;
  }

  LoadPolicy policy_;
  MediaTime now_{};
};

TEST_F(LoadPolicyTest, AnIdleMachineDoesAllTheWork) {
  EXPECT_EQ(go_on(seconds(60), kCalmSigns), LoadLevel::Full);
}

TEST_F(LoadPolicyTest, AHalfFullQueueOrALostPictureLowersTheWorkAtOnce) {
  EXPECT_EQ(LoadPolicy().observe(now_, kFull), LoadLevel::QuickEncoding);
  EXPECT_EQ(LoadPolicy().observe(now_, kLost), LoadLevel::QuickEncoding);
}

TEST_F(LoadPolicyTest, GivesEachStepTimeAndLeavesOutCareThenTheCameraThenTheScreen) {
  EXPECT_EQ(go_on(milliseconds(1000), kFull), LoadLevel::QuickEncoding);
  EXPECT_EQ(go_on(milliseconds(1000), kFull), LoadLevel::SlowCamera);
  EXPECT_EQ(go_on(milliseconds(1000), kFull), LoadLevel::SlowScreen);
  EXPECT_EQ(go_on(milliseconds(1000), kFull), LoadLevel::Least);
  EXPECT_EQ(go_on(seconds(60), kFull), LoadLevel::Least);
}

TEST_F(LoadPolicyTest, EachLevelAllowsNoMoreThanTheOneBefore) {
  EXPECT_EQ(limits_of(LoadLevel::Full).effort, Effort::Full);
  EXPECT_EQ(limits_of(LoadLevel::Full).screen_interval, MediaTime{});
  for (int level = 1; level <= static_cast<int>(LoadLevel::Least); ++level) {
    const WorkLimits before = limits_of(static_cast<LoadLevel>(level - 1));
    const WorkLimits after = limits_of(static_cast<LoadLevel>(level));
    EXPECT_EQ(after.effort, Effort::Quick);
    EXPECT_GE(after.camera_interval, before.camera_interval);
    EXPECT_GE(after.screen_interval, before.screen_interval);
  }
}

TEST_F(LoadPolicyTest, TakesTheWorkUpAgainStepByStepWhenItIsCalm) {
  go_on(seconds(2), kFull);
  ASSERT_EQ(policy_.level(), LoadLevel::SlowCamera);
  EXPECT_NEAR(until_it_changes(kCalmSigns).count(), LoadPolicy::kCalm.count(), 200'000);
  EXPECT_EQ(policy_.level(), LoadLevel::QuickEncoding);
  EXPECT_NEAR(until_it_changes(kCalmSigns).count(), LoadPolicy::kCalm.count(), 200'000);
  EXPECT_EQ(policy_.level(), LoadLevel::Full);
}

TEST_F(LoadPolicyTest, AQueueThatIsNeitherFullNorEmptyChangesNothing) {
  go_on(seconds(2), kFull);
  EXPECT_EQ(go_on(seconds(60), {.queue_share = 0.4}), LoadLevel::SlowCamera);
}

TEST_F(LoadPolicyTest, WaitsTwiceAsLongAfterAStepThatProvedTooEarlyButNotForEver) {
  policy_.observe(now_, kFull);
  MediaTime needed = LoadPolicy::kCalm;
  for (int i = 0; i < 8; ++i) {
    EXPECT_NEAR(until_it_changes(kCalmSigns).count(), needed.count(), 200'000);
    now_ += LoadPolicy::kSettle;
    policy_.observe(now_, kFull);
    ASSERT_EQ(policy_.level(), LoadLevel::QuickEncoding);
    needed = std::min(2 * needed, LoadPolicy::kLongestCalm);
  }
}

TEST_F(LoadPolicyTest, ForgetsTheLongerWaitOnceAStepHasHeld) {
  policy_.observe(now_, kFull);
  until_it_changes(kCalmSigns);
  now_ += LoadPolicy::kSettle;
  policy_.observe(now_, kFull);  // too early: 20 s next time
  until_it_changes(kCalmSigns);
  go_on(seconds(60), kCalmSigns);
  policy_.observe(now_, kFull);
  EXPECT_NEAR(until_it_changes(kCalmSigns).count(), LoadPolicy::kCalm.count(), 200'000);
}

}  // namespace
}  // namespace meanwhile
