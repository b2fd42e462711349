// The voice of a microphone with several inputs: in the middle, at its own level, whatever else is there.
#include "media/record/voice_mixer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <optional>
#include <vector>

#include "media/capture/sample_blocks.h"
#include "media/capture/source.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

constexpr int kBlock = 960;
constexpr double kRate = kSampleRate;

// What an input gives at a time in seconds.
using Sound = std::function<double(double)>;

Sound nothing() {
  return [](double) { return 0.0; };
}
Sound tone(double hertz, double amplitude) {
  return [=](double at) { return amplitude * std::sin(2 * std::numbers::pi * hertz * at); };
}
// Syllables of 180 ms in every 300, and a breath every three seconds.
Sound voice(double amplitude, double from = 0, double to = 1e9) {
  return [=](double at) {
    const bool speaks = at >= from && at < to && std::fmod(at, 0.3) < 0.18 && std::fmod(at, 3.0) < 2.4;
    const double shape = std::sin(std::numbers::pi * std::min(1.0, std::fmod(at, 0.3) / 0.18));
    return speaks ? amplitude * shape * std::sin(2 * std::numbers::pi * 170 * at) : 0.0;
  };
}
Sound hiss(double amplitude) {
  return [=, seed = 1U](double) mutable {
    seed = seed * 1664525U + 1013904223U;
    return amplitude * (static_cast<double>(seed >> 8) / (1 << 23) - 1);
  };
}
Sound both(Sound a, Sound b) {
  return [=](double at) mutable { return a(at) + b(at); };
}

class VoiceMixerTest : public ::testing::Test {
 protected:
  void set_up(std::vector<Sound> inputs, std::optional<StereoSides> sides = {}, int channels = 2) {
    inputs_ = std::move(inputs);
    mixer_.emplace(SampleSourceInfo{"Microphone", static_cast<int>(inputs_.size()), sides}, channels);
    channels_ = channels;
  }
  // The loudest sample of each channel in so many seconds.
  std::vector<double> hear(double seconds) {
    std::vector<double> loudest(static_cast<std::size_t>(channels_));
    for (const double end = now_ + seconds; now_ < end; now_ += kBlock / kRate) {
      const FramePtr mixed = mixer_->mix(*block());
      for (std::size_t channel = 0; channel < loudest.size(); ++channel) {
        const auto* samples = reinterpret_cast<const float*>(mixed->extended_data[channel]);
        for (int i = 0; i < kBlock; ++i)
          loudest[channel] = std::max(loudest[channel], std::abs(static_cast<double>(samples[i])));
      }
    }
    return loudest;
  }
  void expect_in_the_middle(const std::vector<double>& heard, double level) {
    EXPECT_NEAR(heard[0], level, level * 0.15);
    EXPECT_NEAR(heard[1], heard[0], heard[0] * 0.01);
  }

 private:
  FramePtr block() {
    FramePtr block = make_sample_block(static_cast<int>(inputs_.size()), kBlock);
    for (std::size_t i = 0; i < inputs_.size(); ++i) {
      auto* samples = reinterpret_cast<float*>(block->extended_data[i]);
      for (int n = 0; n < kBlock; ++n) samples[n] = static_cast<float>(inputs_[i](now_ + n / kRate));
    }
    return block;
  }

 protected:
  double now_ = 0;
  std::vector<Sound> inputs_;
  int channels_ = 2;
  std::optional<VoiceMixer> mixer_;
};

TEST_F(VoiceMixerTest, AVoiceOnOneSideIsInTheMiddleFromItsFirstWordOn) {
  set_up({nothing(), voice(0.5)});
  expect_in_the_middle(hear(0.3), 0.5);
  expect_in_the_middle(hear(5), 0.5);
  EXPECT_FALSE(mixer_->is_stereo());
  EXPECT_EQ(mixer_->voice(), Inputs(0b10));
}

TEST_F(VoiceMixerTest, ARoomsHissOnTheOtherSideDoesNotKeepItThere) {
  set_up({both(voice(0.3, 2), hiss(0.001)), hiss(0.001)});
  hear(2);
  expect_in_the_middle(hear(3), 0.3);
}

TEST_F(VoiceMixerTest, AHumOnTheOtherSideIsLeftOut) {
  set_up({tone(50, 0.2), voice(0.3, 1.5)});
  hear(2.5);
  inputs_[1] = voice(0.3, 0, 5);
  expect_in_the_middle(hear(2.5), 0.3);
  const auto pause = hear(4);
  EXPECT_LT(pause[0], 0.003);
  EXPECT_LT(pause[1], 0.003);
}

TEST_F(VoiceMixerTest, AHumThatBeginsAfterSilenceIsNoVoiceForLong) {
  set_up({[hum = tone(50, 0.2)](double at) { return at < 0.2 ? 0 : hum(at); }, voice(0.3, 4)});
  hear(6);
  EXPECT_EQ(mixer_->voice(), Inputs(0b10));
  expect_in_the_middle(hear(3), 0.3);
}

TEST_F(VoiceMixerTest, StereoStays) {
  set_up({voice(0.5), voice(0.25)});
  hear(1);
  const auto heard = hear(5);
  EXPECT_NEAR(heard[0], 0.5, 0.02);
  EXPECT_NEAR(heard[1], 0.25, 0.01);
  EXPECT_TRUE(mixer_->is_stereo());
}

TEST_F(VoiceMixerTest, StereoOfSteadyTonesStays) {
  set_up({tone(440, 0.5), tone(660, 0.4)});
  hear(1);
  const auto heard = hear(4);
  EXPECT_NEAR(heard[0], 0.5, 0.01);
  EXPECT_NEAR(heard[1], 0.4, 0.01);
}

TEST_F(VoiceMixerTest, SidesOfOppositePolarityDoNotCancelEachOther) {
  set_up({voice(0.5), [opposite = voice(0.5)](double at) { return -opposite(at); }});
  EXPECT_GT(hear(1)[0], 0.4);
  EXPECT_GT(hear(4)[1], 0.4);
}

TEST_F(VoiceMixerTest, TwoPeopleOnASideEachAreBothHeardWholeAndInTheMiddle) {
  set_up({both(voice(0.4, 0, 6), hiss(0.0005)), both(voice(0.2, 6), hiss(0.0005))});
  expect_in_the_middle(hear(5.9), 0.4);
  now_ = 6;
  expect_in_the_middle(hear(0.3), 0.2);
  expect_in_the_middle(hear(6), 0.2);
}

TEST_F(VoiceMixerTest, TheLoudInputOfManyIsFound) {
  for (const std::size_t place : {0U, 7U, 31U}) {
    std::vector<Sound> inputs(32, nothing());
    inputs[place] = voice(0.5);
    now_ = 0;
    set_up(inputs);
    expect_in_the_middle(hear(0.3), 0.5);
    expect_in_the_middle(hear(4), 0.5);
    EXPECT_EQ(mixer_->voice(), Inputs().set(place));
  }
}

TEST_F(VoiceMixerTest, AToneOnOneOfManyIsHeardAtItsLevelToo) {
  std::vector<Sound> inputs(8, nothing());
  inputs[0] = tone(300, 0.5);
  set_up(inputs);
  expect_in_the_middle(hear(0.3), 0.5);
  expect_in_the_middle(hear(6), 0.5);
}

TEST_F(VoiceMixerTest, AVoiceBehindIsInTheMiddleAndLeftAndRightStayStereo) {
  set_up({nothing(), nothing(), voice(0.5), nothing()}, StereoSides{0, 1});
  expect_in_the_middle(hear(4), 0.5);
  now_ = 0;
  set_up({nothing(), voice(0.5), nothing(), voice(0.25)}, StereoSides{1, 3});
  hear(1);
  const auto heard = hear(4);
  EXPECT_NEAR(heard[0], 0.5, 0.02);
  EXPECT_NEAR(heard[1], 0.25, 0.01);
}

TEST_F(VoiceMixerTest, ATrackOfOneChannelHasTheVoiceToo) {
  set_up({nothing(), voice(0.5)}, {}, 1);
  EXPECT_NEAR(hear(3)[0], 0.5, 0.02);
  now_ = 0;
  set_up({voice(0.5)}, {}, 2);
  expect_in_the_middle(hear(3), 0.5);
}

TEST_F(VoiceMixerTest, APauseOfDigitalSilenceForgetsNobody) {
  set_up({nothing(), voice(0.5, 0, 3)});
  hear(10);
  EXPECT_EQ(mixer_->voice(), Inputs(0b10));
}

}  // namespace
}  // namespace meanwhile
