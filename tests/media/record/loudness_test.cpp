#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "media/record/loudness_meter.h"

namespace meanwhile {
namespace {

constexpr int kRate = 48'000;

std::vector<float> sine(double dbfs, int seconds) {
  std::vector<float> samples(static_cast<std::size_t>(seconds) * kRate);
  for (std::size_t i = 0; i < samples.size(); ++i)
    samples[i] = static_cast<float>(std::pow(10, dbfs / 20) *
                                    std::sin(2 * std::numbers::pi * 1000 * static_cast<double>(i) / kRate));
  return samples;
}

// In blocks as an encoder has them.
void add(LoudnessMeter& meter, const std::vector<float>& samples, int channels, std::int64_t first = 0) {
  constexpr std::size_t kBlock = 1024;
  for (std::size_t at = 0; at < samples.size(); at += kBlock) {
    const std::vector<const float*> planes(static_cast<std::size_t>(channels), samples.data() + at);
    meter.add(planes, std::min(kBlock, samples.size() - at), first + static_cast<std::int64_t>(at));
  }
}

// EBU Tech 3341, test signal 1: stereo sine at -23 dBFS is -23 LUFS.
TEST(Loudness, OfTheStandardsSignalIsTheStandards) {
  LoudnessMeter meter;
  add(meter, sine(-23, 5), 2);
  const auto loudness = loudness_of(&meter, nullptr);
  ASSERT_TRUE(loudness);
  EXPECT_NEAR(loudness->integrated_lufs, -23, 0.1);
  EXPECT_NEAR(loudness->peak_dbtp, -23, 0.3);
}

TEST(Loudness, OfOneChannelIsAsBothEarsHearIt) {
  LoudnessMeter meter;
  add(meter, sine(-23, 5), 1);
  EXPECT_NEAR(loudness_of(&meter, nullptr)->integrated_lufs, -23, 0.1);
}

// EBU Tech 3341, test signal 3, shorter: what is 10 LU below doesn't count.
TEST(Loudness, PausesDontCount) {
  LoudnessMeter meter;
  std::vector<float> samples = sine(-36, 3);
  const auto loud = sine(-23, 12);
  samples.insert(samples.end(), loud.begin(), loud.end());
  const auto quiet = sine(-36, 3);
  samples.insert(samples.end(), quiet.begin(), quiet.end());
  add(meter, samples, 2);
  EXPECT_NEAR(loudness_of(&meter, nullptr)->integrated_lufs, -23, 0.2);
}

TEST(Loudness, OfTwoTracksIsOfBothTogether) {
  LoudnessMeter voice;
  add(voice, sine(-23, 4), 1);
  LoudnessMeter system;
  add(system, sine(-23, 4), 2);
  EXPECT_NEAR(loudness_of(&voice, &system)->integrated_lufs, -20, 0.1);
  EXPECT_NEAR(loudness_of(&voice, &system)->peak_dbtp, -17, 0.3) << "at worst";
}

TEST(Loudness, WhatWasTakenBackIsLeftOut) {
  LoudnessMeter meter;
  add(meter, sine(-23, 4), 2);
  add(meter, sine(-3, 4), 2, std::int64_t{4} * kRate);
  meter.cut(std::chrono::seconds(4));
  add(meter, sine(-23, 4), 2, std::int64_t{4} * kRate);
  EXPECT_NEAR(loudness_of(&meter, nullptr)->integrated_lufs, -23, 0.2);
}

TEST(Loudness, OfSilenceIsNone) {
  LoudnessMeter meter;
  EXPECT_FALSE(loudness_of(&meter, nullptr));
  add(meter, std::vector<float>(kRate * 2), 2);
  EXPECT_FALSE(loudness_of(&meter, nullptr));
  EXPECT_FALSE(loudness_of(nullptr, nullptr));
}

TEST(Loudness, SamplesOfADamagedTrackAreNoHarm) {
  LoudnessMeter meter;
  std::vector<float> samples(kRate, NAN);
  samples[7] = INFINITY;
  add(meter, samples, 2, std::int64_t{1} << 40);
  EXPECT_FALSE(loudness_of(&meter, nullptr));
}

TEST(Loudness, BecomesAGainThatIsSensible) {
  EXPECT_DOUBLE_EQ(gain_of({-23, -3}), 7);
  EXPECT_DOUBLE_EQ(gain_of({-10, 0}), -6);
  EXPECT_DOUBLE_EQ(gain_of({-49, -30}), 24);
  EXPECT_DOUBLE_EQ(gain_of({-65, -60}), 0) << "nobody speaks";
}

TEST(Loudness, ComesBackFromJson) {
  const Json json = {{"loudness", json_of(Loudness{-23.25, -3.5})}};
  EXPECT_EQ(loudness_from_json(json, "loudness"), (Loudness{-23.25, -3.5}));
  EXPECT_FALSE(
      loudness_from_json({{"loudness", {{"lufs_x100", -99'999'999}, {"peak_dbtp_x100", 0}}}}, "loudness"));
  EXPECT_FALSE(loudness_from_json({{"loudness", 3}}, "loudness"));
}

}  // namespace
}  // namespace meanwhile
