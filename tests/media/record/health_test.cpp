// What ails a track: said while it lasts, and in figures at the end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <vector>

#include "media/capture/sinks.h"
#include "media/record/health_words.h"
#include "media/record/picture_health.h"
#include "media/record/sound_health.h"
#include "media/record/speech_levels.h"
#include "media/record/take.h"
#include "media/record/take_listener.h"
#include "tests/media/record/recorder_rig.h"

namespace meanwhile {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr MediaTime kBlock = milliseconds(20);

class SoundHealthTest : public ::testing::Test {
 protected:
  void hear(float amplitude, MediaTime length, float limit = 1) {
    for (const MonotonicTime end = now_ + length; now_ < end; now_ += kBlock) {
      const FramePtr block = sound_block(1, 960, 0, [&](std::int64_t n) {
        const auto sine = static_cast<float>(std::sin(static_cast<double>(n) * 0.05));
        return std::clamp(amplitude * sine, -limit, limit);
      });
      health_.add(measure(*block, Inputs().set()), now_, kBlock);
    }
  }
  TrackHealth now() const { return health_.health(now_); }

  MonotonicTime now_{seconds(1000)};
  SoundHealth health_;
};

TEST_F(SoundHealthTest, SilenceIsSaidAfterSomeSecondsAndEndsWithTheFirstSound) {
  hear(0.1F, seconds(2));
  hear(0, seconds(3));
  EXPECT_EQ(now(), TrackHealth::Good);
  hear(0, seconds(3));
  EXPECT_EQ(now(), TrackHealth::Silent);
  hear(0.002F, milliseconds(40));
  EXPECT_EQ(now(), TrackHealth::Good);
  EXPECT_EQ(health_.longest_silence(), seconds(6));
}

TEST_F(SoundHealthTest, OnlyTheInputsThatAreListenedToCount) {
  const auto hum = [](std::int64_t n) {
    return 2 * static_cast<float>(std::sin(static_cast<double>(n) * 0.007));
  };
  const FramePtr block = sound_block(3, 960, 0, hum);
  for (const int silent : {0, 2}) {
    auto* plane = reinterpret_cast<float*>(block->extended_data[silent]);
    std::fill_n(plane, 960, 0.0F);
  }
  EXPECT_EQ(measure(*block, Inputs(0b101)).peak, 0);
  EXPECT_EQ(measure(*block, Inputs(0b101)).clipped, 0);
  EXPECT_EQ(measure(*block, Inputs(0b010)).peak, 1);
  EXPECT_GT(measure(*block, Inputs(0b111)).clipped, 0);
}

TEST_F(SoundHealthTest, WhatNobodyHeardWasNoSilence) {
  hear(0.1F, seconds(1));
  hear(0, seconds(1));
  now_ += seconds(30);
  hear(0, seconds(1));
  EXPECT_EQ(now(), TrackHealth::Good);
  hear(0, seconds(4));
  EXPECT_EQ(now(), TrackHealth::Silent);
}

TEST_F(SoundHealthTest, AMicrophoneThatIsStuckIsSilent) {
  for (const MonotonicTime end = now_ + seconds(5); now_ < end; now_ += kBlock)
    health_.add(measure(*sound_block(1, 960, 0, [](std::int64_t) { return 0.3F; }), Inputs().set()), now_,
                kBlock);
  EXPECT_EQ(now(), TrackHealth::Silent);
}

TEST_F(SoundHealthTest, AQuietRoomIsNoSilence) {
  hear(0.001F, seconds(30));
  EXPECT_EQ(now(), TrackHealth::Good);
  EXPECT_EQ(health_.longest_silence(), MediaTime{});
}

TEST_F(SoundHealthTest, ClippingIsSaidAndPasses) {
  hear(3, milliseconds(100));
  EXPECT_EQ(now(), TrackHealth::Clipped);
  hear(0.3F, seconds(3));
  EXPECT_EQ(now(), TrackHealth::Good);
  EXPECT_GT(health_.clipped_share(), 0.01);
  EXPECT_LT(health_.clipped_share(), 0.04);
}

TEST_F(SoundHealthTest, LoudIsNotClipped) {
  hear(0.98F, seconds(3));
  EXPECT_EQ(now(), TrackHealth::Good);
  EXPECT_EQ(health_.clipped_share(), 0);
}

TEST_F(SoundHealthTest, MutedAtTheSourceIsMoreThanSilentAndNoSoundIsStalled) {
  hear(0, seconds(6));
  health_.set_state(SourceState::Muted);
  EXPECT_EQ(now(), TrackHealth::MutedAtSource);
  health_.set_state(SourceState::Delivering);
  now_ += seconds(5);
  EXPECT_EQ(now(), TrackHealth::Stalled);
}

TEST_F(SoundHealthTest, ATakesFiguresBeginAnew) {
  hear(3, seconds(1));
  hear(0, seconds(5));
  health_.begin_take();
  hear(0.1F, seconds(1));
  EXPECT_EQ(health_.longest_silence(), MediaTime{});
  EXPECT_EQ(health_.clipped_share(), 0);
}

class PictureHealthTest : public ::testing::Test {
 protected:
  // moving: another picture each time, as of any real camera.
  void see(int luma, bool moving, MediaTime length) {
    for (const MonotonicTime end = now_ + length; now_ < end; now_ += milliseconds(100)) {
      health_.add(mark_of(*grey_frame(320, 180, luma, moving ? ++step_ : 0)), now_, true);
    }
  }
  TrackHealth now() const { return health_.health(now_); }

  MonotonicTime now_{seconds(1000)};
  PictureHealth health_;
  int step_ = 0;
};

TEST_F(PictureHealthTest, AFrozenCameraIsSaidAndAMovingOneIsNot) {
  see(100, true, seconds(5));
  EXPECT_EQ(now(), TrackHealth::Good);
  see(100, false, seconds(4));
  EXPECT_EQ(now(), TrackHealth::Frozen);
  see(100, true, milliseconds(200));
  EXPECT_EQ(now(), TrackHealth::Good);
  EXPECT_NEAR(to_seconds(health_.longest_frozen()), 3.9, 0.11);
}

TEST_F(PictureHealthTest, ABlackCameraIsSaid) {
  see(17, false, seconds(4));
  EXPECT_EQ(now(), TrackHealth::Black);
  see(100, true, milliseconds(100));
  EXPECT_EQ(now(), TrackHealth::Good);
  EXPECT_NEAR(to_seconds(health_.longest_black()), 3.9, 0.11);
}

TEST_F(PictureHealthTest, WhatNobodySawWasNotFrozen) {
  see(100, false, seconds(1));
  now_ += seconds(30);
  see(100, false, seconds(1));
  EXPECT_EQ(now(), TrackHealth::Good);
}

TEST_F(PictureHealthTest, AHotPixelMakesNoPicture) {
  for (const MonotonicTime end = now_ + seconds(4); now_ < end; now_ += milliseconds(100)) {
    const FramePtr frame = grey_frame(320, 180, 17, 0);
    frame->data[0][80 * frame->linesize[0] + (80 / 8 % 4)] = 235;
    health_.add(mark_of(*frame), now_, true);
  }
  EXPECT_EQ(now(), TrackHealth::Black);
}

TEST_F(PictureHealthTest, ACameraThatGivesNothingIsStalledAndItsGapIsMeasured) {
  see(100, true, seconds(1));
  now_ += seconds(4);
  EXPECT_EQ(now(), TrackHealth::Stalled);
  see(100, true, seconds(1));
  EXPECT_EQ(now(), TrackHealth::Good);
  EXPECT_NEAR(to_seconds(health_.longest_gap()), 4.1, 0.01);
}

TEST_F(PictureHealthTest, AHeldBackStreamIsPaused) {
  see(100, true, seconds(1));
  health_.set_state(SourceState::Paused);
  EXPECT_EQ(now(), TrackHealth::Paused);
}

class SpeechTest : public ::testing::Test {
 protected:
  void say(float level, MediaTime length) { say(std::vector<float>{level}, length); }
  // Into each input with a level of its own.
  void say(const std::vector<float>& levels, MediaTime length) {
    levels_.resize(std::max(levels_.size(), levels.size()));
    for (MediaTime end = said_ + length; said_ < end; said_ += SpeechLevels::kStretch) {
      noise_ = noise_ * 1103515245U + 12345U;
      const float wavering = 0.7F + 0.6F * static_cast<float>(noise_ >> 16 & 0xff) / 255;
      for (std::size_t i = 0; i < levels.size(); ++i)
        levels_[i].add(std::vector<float>(960, levels[i] * wavering), said_.count() * 48 / 1000);
    }
  }
  double pause() const {
    const auto found = last_pause(levels_);
    return found ? to_seconds(static_cast<std::int64_t>(*found) * SpeechLevels::kStretch) : -1;
  }

  static constexpr float kRoom = 0.003F;
  static constexpr float kVoice = 0.08F;
  std::vector<SpeechLevels> levels_;
  MediaTime said_{};
  unsigned noise_ = 1;
};

TEST_F(SpeechTest, IsFoundBeforeTheLastWordsSoonAfterTheOnesBefore) {
  say(kVoice, seconds(3));
  say(kRoom, milliseconds(800));
  say(kVoice, seconds(2));
  say(kRoom, milliseconds(900));
  EXPECT_NEAR(pause(), 3.16, 0.021);
}

TEST_F(SpeechTest, ShortStopsWithinWordsAreNoPause) {
  say(kVoice, seconds(2));
  say(kRoom, milliseconds(500));
  for (int i = 0; i < 8; ++i) {
    say(kVoice, milliseconds(300));
    say(kRoom, milliseconds(160));
  }
  EXPECT_NEAR(pause(), 2.16, 0.021);
}

TEST_F(SpeechTest, AClickOfTheKeyIsNoSpeech) {
  say(kVoice, seconds(2));
  say(kRoom, milliseconds(600));
  say(kVoice, seconds(1));
  say(kRoom, milliseconds(400));
  say(kVoice * 2, milliseconds(60));
  say(kRoom, milliseconds(200));
  EXPECT_NEAR(pause(), 2.16, 0.021);
}

TEST_F(SpeechTest, TheFirstWordsGoBackToTheStart) {
  say(kRoom, seconds(1));
  say(kVoice, seconds(3));
  EXPECT_EQ(pause(), 0);
}

TEST_F(SpeechTest, ANoisyRoomOrNoSpeechAtAllIsNotGuessedAt) {
  say(kVoice, seconds(40));
  EXPECT_EQ(pause(), -1);
  levels_.clear();
  said_ = {};
  say(0, seconds(40));
  EXPECT_EQ(pause(), -1);
  levels_.clear();
  EXPECT_EQ(pause(), -1);
}

TEST_F(SpeechTest, IsHeardOnWhicheverInputItIs) {
  for (const std::size_t place : {0U, 1U, 7U, 31U}) {
    levels_.clear();
    said_ = {};
    const auto input = [&](float level) {
      std::vector<float> levels(32, 0.0F);
      levels[place] = level;
      return levels;
    };
    say(input(kVoice), seconds(3));
    say(input(kRoom), milliseconds(800));
    say(input(kVoice), seconds(2));
    EXPECT_NEAR(pause(), 3.16, 0.021) << "input " << place + 1;
  }
}

TEST_F(SpeechTest, AHumOnAnotherInputHidesNoPause) {
  say({4 * kVoice, kVoice}, seconds(3));
  say({4 * kVoice, kRoom}, milliseconds(800));
  say({4 * kVoice, kVoice}, seconds(2));
  EXPECT_NEAR(pause(), 3.16, 0.021);
}

TEST_F(SpeechTest, WhoeverSpeaksIntoAnyInputSpeaks) {
  say({kVoice, kRoom}, seconds(2));
  say({kRoom, kRoom}, milliseconds(800));
  say({kVoice, kRoom}, seconds(1));
  say({kRoom, kVoice}, seconds(2));
  say({kVoice, kRoom}, seconds(1));
  EXPECT_NEAR(pause(), 2.16, 0.021);
}

TEST(InputLevels, CountSamplesThroughWaveringStampsAndBeginAnewBehindAGap) {
  InputLevels levels;
  MediaTime at{};
  const auto add = [&](float level, int blocks) {
    for (int i = 0; i < blocks; ++i, at += milliseconds(10)) {
      const FramePtr block = sound_block(2, 480, 0, [&](std::int64_t) { return level; });
      levels.add(*block, 0, 480, at + std::chrono::microseconds(i % 2 == 0 ? 900 : 0));
    }
  };
  add(0.2F, 200);
  add(0.001F, 80);
  add(0.2F, 100);
  EXPECT_NEAR(static_cast<double>(levels.last_pause().value()), 100 + 8, 1);
  at += seconds(1);  // nothing came: silence is in the take
  add(0.2F, 100);
  EXPECT_NEAR(static_cast<double>(levels.last_pause().value()), 190 + 8, 1);
  levels.cut(milliseconds(3000));
  EXPECT_NEAR(static_cast<double>(levels.last_pause().value()), 100 + 8, 1);
}

TEST_F(SpeechTest, AFewWordsInALongSilenceAreFound) {
  say(kRoom, seconds(60));
  say(kVoice, seconds(2));
  say(kRoom, milliseconds(500));
  say(kVoice, seconds(1));
  EXPECT_NEAR(pause(), 62.16, 0.021);
}

TEST(SpeechLevels, MeasuresEachFiftiethOfASecond) {
  SpeechLevels levels;
  const std::vector<float> loud(2400, 0.5F);
  levels.add(loud, 0);
  ASSERT_EQ(levels.levels().size(), 2U);
  EXPECT_NEAR(levels.levels()[1], 0.5, 1e-6);
  levels.add(std::vector<float>(480, 0.5F), 2400);
  ASSERT_EQ(levels.levels().size(), 3U);
  levels.cut(milliseconds(25));
  EXPECT_EQ(levels.levels().size(), 1U);
  levels.add(std::vector<float>(960, 0.25F), 1440);
  ASSERT_EQ(levels.levels().size(), 2U);
}

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
