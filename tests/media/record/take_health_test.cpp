// What ails the tracks of a take: said while it lasts, and told afterwards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>

#include "media/capture/sinks.h"
#include "media/record/health_words.h"
#include "media/record/take.h"
#include "media/record/take_listener.h"
#include "tests/media/record/recorder_rig.h"

namespace meanwhile {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

using HealthTest = RecorderTest;

TEST_F(HealthTest, AMutedMicrophoneIsSaidWhileItLastsAndLogged) {
  start();
  play(seconds(1));
  voice_.state(SourceState::Muted);
  EXPECT_EQ(recorder_->status().tracks[2].health, TrackHealth::MutedAtSource);
  EXPECT_THAT(recorder_->status().tracks[2].health_sentence, HasSubstr("sound settings"));
  EXPECT_TRUE(changes_until([&] { return !recorder_->status().warnings.empty(); }));
  voice_.state(SourceState::Delivering);
  EXPECT_EQ(recorder_->status().tracks[2].health, TrackHealth::Good);
  EXPECT_EQ(recorder_->status().tracks[2].health_sentence, "");
  EXPECT_THAT(finish().warnings, Contains(HasSubstr("muted in the system's sound settings")));
}

TEST_F(HealthTest, AStillScreenIsNoFaultAndAHeldBackOneIs) {
  start();
  screen_.frame(grey_frame(kWidth, kHeight, kDark), clock_.now());
  clock_.advance(seconds(20));
  EXPECT_EQ(recorder_->status().tracks[0].health, TrackHealth::Good);
  screen_.state(SourceState::Paused);
  EXPECT_EQ(recorder_->status().tracks[0].health, TrackHealth::Paused);
  recorder_->cancel();
}

TEST_F(HealthTest, AScreenThatNoLongerSendsIsSaidWithinTwoSeconds) {
  start();
  screen_.frame(grey_frame(kWidth, kHeight, kDark), clock_.now());
  screen_.unchanged(clock_.now());
  clock_.advance(milliseconds(1400));
  EXPECT_EQ(recorder_->status().tracks[0].health, TrackHealth::Good);
  clock_.advance(milliseconds(200));
  EXPECT_EQ(recorder_->status().tracks[0].health, TrackHealth::Stalled);
  EXPECT_TRUE(changes_until([&] { return !recorder_->status().warnings.empty(); }));
  EXPECT_THAT(recorder_->status().warnings, Contains(HasSubstr("doesn't answer")));
  screen_.unchanged(clock_.now());
  EXPECT_EQ(recorder_->status().tracks[0].health, TrackHealth::Good);
  screen_.state(SourceState::Unseen);
  EXPECT_EQ(recorder_->status().tracks[0].health, TrackHealth::Unseen);
  recorder_->cancel();
}

TEST_F(HealthTest, DevicesThatNeverGiveAnythingAreSaidWithinFiveSeconds) {
  start();
  EXPECT_EQ(recorder_->status().tracks[2].health, TrackHealth::Good);
  clock_.advance(milliseconds(4500));
  EXPECT_EQ(recorder_->status().tracks[1].health, TrackHealth::Stalled);
  EXPECT_EQ(recorder_->status().tracks[2].health, TrackHealth::Stalled);
  EXPECT_TRUE(changes_until([&] { return recorder_->status().warnings.size() >= 2; }));
  recorder_->cancel();
}

TEST_F(HealthTest, AMicrophoneThatDiesIsSaidWithinFiveSecondsAndAfterwardsOnceInThePast) {
  start();
  speak(seconds(2));
  const MonotonicTime end = clock_.now() + milliseconds(4500);
  for (; clock_.now() < end; clock_.advance(milliseconds(50))) {
    camera_.frame(grey_frame(kWidth, kHeight, kDark, ++step_), clock_.now());
    voice_.samples(sound_block(1, 2400, 0, [](std::int64_t) { return 0.0F; }), clock_.now());
  }
  EXPECT_EQ(recorder_->status().tracks[2].health, TrackHealth::Silent);
  ASSERT_TRUE(changes_until([&] { return !recorder_->status().warnings.empty(); }));
  EXPECT_THAT(recorder_->status().warnings, Contains(HasSubstr("We can't hear anything from Microphone")));
  const TakeSummary take = finish();

  EXPECT_THAT(take.warnings, testing::ElementsAre("We couldn't hear anything from Microphone from 0:02 on."));
  EXPECT_EQ(health_of_take(take.tracks[2], take.duration), "Silent from 0:02");
  EXPECT_EQ(health_of_take(take.tracks[1], take.duration), "Good");
  EXPECT_EQ(read_take(take.folder)->tracks[2].ailed, take.tracks[2].ailed);
}

TEST_F(HealthTest, AFrozenCameraIsSaidWithinFiveSecondsAndTheCardTellsWhen) {
  start();
  play(seconds(2));
  for (const MonotonicTime end = clock_.now() + seconds(4); clock_.now() < end;
       clock_.advance(milliseconds(50))) {
    camera_.frame(grey_frame(kWidth, kHeight, kDark, 1), clock_.now());
    play_sound(clock_.now(), {});
  }
  ASSERT_TRUE(changes_until([&] {
    const auto ailed = recorder_->status().tracks[1].ailed;
    return !ailed.empty() && ailed.back().to == seconds(6);
  }));
  EXPECT_EQ(recorder_->status().tracks[1].health, TrackHealth::Frozen);
  play(seconds(3));
  const TakeSummary take = finish();

  EXPECT_EQ(health_of_take(take.tracks[1], take.duration), "Frozen 0:02–0:06");
  EXPECT_THAT(take.warnings, Contains(HasSubstr("the same picture over and over from 0:02 to 0:06")));
}

TEST_F(HealthTest, ARehearsalIsToldToNobodyElse) {
  struct Listener final : TakeListener {
    void on_started(const std::string&, const std::filesystem::path&) override { is_told = true; }
    void on_dropped(const std::string&) override { is_told = true; }
    void on_finished() override { is_told = true; }
    Result<void> before_retake(MediaTime) override { return {}; }
    void after_retake() override {}
    std::atomic<bool> is_told = false;
  };
  const auto listener = std::make_shared<Listener>();
  settings_.listener = listener;
  open();
  ASSERT_TRUE(recorder_->start(takes_, {.title = {}, .channel = {}, .is_rehearsal = true}));
  play(seconds(1));
  finish();
  EXPECT_FALSE(listener->is_told);
}

TEST_F(HealthTest, TheSummaryAndTakeJsonTellTheFigures) {
  start();
  play(seconds(2));
  loudness_ = 3;
  play(seconds(1));
  loudness_ = 0;
  const TakeSummary take = finish();

  EXPECT_GT(take.tracks[2].figures.clipped_share, 0.05);
  const auto read = read_take(take.folder);
  ASSERT_TRUE(read);
  EXPECT_NEAR(read->tracks[2].figures.clipped_share, take.tracks[2].figures.clipped_share, 1e-5);
  EXPECT_EQ(read->tracks[1].figures.longest_gap, milliseconds(50));
  EXPECT_EQ(read->tracks[0].health, TrackHealth::Good);
}

TEST_F(HealthTest, WhatAiledATakeThatWasDroppedIsForgotten) {
  start();
  play(seconds(1));
  voice_.state(SourceState::Muted);
  ASSERT_TRUE(changes_until([&] { return !recorder_->status().warnings.empty(); }));
  voice_.state(SourceState::Delivering);
  ASSERT_TRUE(recorder_->restart());
  play(seconds(1));
  EXPECT_THAT(finish().warnings, Not(Contains(HasSubstr("microphone"))));
}

}  // namespace
}  // namespace meanwhile
