// A microphone of several inputs in a whole take.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "media/record/take_summary.h"
#include "media/record/track_report.h"
#include "tests/media/record/recorder_rig.h"

namespace meanwhile {
namespace {

using ::testing::HasSubstr;

class InputsTest : public RecorderTest {
 protected:
  void open_inputs(int inputs) {
    inputs_ = std::make_unique<ScriptedSamples>(SampleSourceInfo{"Interface", inputs});
    levels_.assign(static_cast<std::size_t>(inputs), 0);
    parts_.open_microphone = always(*inputs_);
    settings_.screen = settings_.camera = "none";
    start();
  }
  // Each input with its own level; voices waver like syllables, what hums doesn't.
  void hear(MediaTime length) {
    for (const MonotonicTime end = clock_.now() + length; clock_.now() < end;
         clock_.advance(milliseconds(10))) {
      const FramePtr block =
          sound_block(static_cast<int>(levels_.size()), 480, 0, [](std::int64_t) { return 0.0F; });
      const bool is_syllable = step_++ % 30 < 18;
      for (std::size_t i = 0; i < levels_.size(); ++i) {
        auto* samples = reinterpret_cast<float*>(block->extended_data[i]);
        const float level = i == humming_ || is_syllable ? levels_[i] : levels_[i] / 1000;
        for (int n = 0; n < 480; ++n)
          samples[n] = level * static_cast<float>(std::sin(2 * 3.14159265 * 200 * n / 48'000));
      }
      inputs_->samples(reference(*block), clock_.now());
    }
  }
  static float loudest(const std::filesystem::path& track, std::size_t channel) {
    const auto sound = sound_of(track, channel);
    EXPECT_TRUE(sound);
    float loudest = 0;
    if (sound) {
      for (const float sample : sound->samples) loudest = std::max(loudest, std::abs(sample));
    }
    return loudest;
  }

  std::unique_ptr<ScriptedSamples> inputs_;
  std::vector<float> levels_;
  std::size_t humming_ = 99;
};

TEST_F(InputsTest, AVoiceOnOneOfManyIsInBothEarsAtItsLevel) {
  open_inputs(32);
  levels_[17] = 0.5F;
  hear(milliseconds(3100));
  EXPECT_NEAR(recorder_->status().voice_peak, 0.5, 0.01);
  const TakeSummary take = finish();
  EXPECT_NEAR(loudest(take.folder / "voice.mp4", 0), 0.5, 0.05);
  EXPECT_NEAR(loudest(take.folder / "voice.mp4", 1), 0.5, 0.05);
}

TEST_F(InputsTest, RetakeFindsThePauseOfAVoiceOnTheRightBesideAHum) {
  open_inputs(2);
  humming_ = 0;
  levels_ = {0.3F, 0.3F};
  hear(seconds(6));
  levels_[1] = 0;
  hear(seconds(1));
  levels_[1] = 0.3F;
  hear(seconds(4));
  const auto retake = recorder_->retake();
  ASSERT_TRUE(retake);
  EXPECT_NEAR(to_seconds(retake->at), 6.1, 0.15);
  recorder_->cancel();
}

TEST_F(InputsTest, AHumHidesNotThatTheVoiceIsGone) {
  open_inputs(2);
  humming_ = 0;
  levels_[0] = 0.1F;
  hear(seconds(2));
  levels_[1] = 0.3F;
  hear(seconds(4));
  EXPECT_EQ(recorder_->status().tracks[0].health, TrackHealth::Good);
  levels_[1] = 0;
  hear(seconds(5));
  EXPECT_EQ(recorder_->status().tracks[0].health, TrackHealth::Silent);
  EXPECT_TRUE(changes_until([&] { return !recorder_->status().warnings.empty(); }));
  recorder_->cancel();
}

TEST_F(InputsTest, AnyVoiceInputThatDistortsIsSaid) {
  open_inputs(4);
  levels_[0] = 0.3F;
  hear(seconds(2));
  levels_[3] = 1;
  for (int i = 0; i < 20; ++i) {
    const FramePtr block = sound_block(4, 480, 0, [](std::int64_t) { return 0.0F; });
    auto* samples = reinterpret_cast<float*>(block->extended_data[3]);
    for (int n = 0; n < 480; ++n) samples[n] = n % 240 < 120 ? 1.0F : -1.0F;
    inputs_->samples(reference(*block), clock_.now());
    clock_.advance(milliseconds(10));
  }
  EXPECT_EQ(recorder_->status().tracks[0].health, TrackHealth::Clipped);
  recorder_->cancel();
}

}  // namespace
}  // namespace meanwhile
