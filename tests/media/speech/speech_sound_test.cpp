#include "media/speech/speech_sound.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace meanwhile {
namespace {

constexpr int kRate = 48'000;

// A second of a tone, resampled in pieces of so many frames.
std::vector<float> resampled(double hertz, std::size_t piece) {
  std::vector<float> stereo;
  for (int i = 0; i < kRate; ++i) {
    const auto value = static_cast<float>(std::sin(2 * std::numbers::pi * hertz * i / kRate));
    stereo.insert(stereo.end(), {value, value});
  }
  SpeechResampler resampler;
  std::vector<float> speech;
  for (std::size_t at = 0; at < stereo.size(); at += piece * 2)
    resampler.push(std::span(stereo).subspan(at, std::min(piece * 2, stereo.size() - at)), speech);
  resampler.finish(speech);
  return speech;
}

float loudest(const std::vector<float>& samples) {
  float most = 0;
  for (std::size_t i = 200; i + 200 < samples.size(); ++i) most = std::max(most, std::abs(samples[i]));
  return most;
}

TEST(SpeechResampler, KeepsWhereASoundIsAndHowLoud) {
  const auto speech = resampled(500, 480);
  EXPECT_EQ(speech.size(), 16'000u);
  for (std::size_t i = 200; i < 15'800; ++i)
    ASSERT_NEAR(speech[i], std::sin(2 * std::numbers::pi * 500 * static_cast<double>(i) / 16'000), 0.01) << i;
}

TEST(SpeechResampler, TakesAwayWhatWouldFold) {
  EXPECT_LT(loudest(resampled(9'000, 480)), 0.01f);
  EXPECT_LT(loudest(resampled(15'000, 480)), 0.01f);
  EXPECT_GT(loudest(resampled(6'000, 480)), 0.8f);
}

TEST(SpeechResampler, PiecesMakeNoDifference) {
  EXPECT_EQ(resampled(500, 480), resampled(500, 7));
}

}  // namespace
}  // namespace meanwhile
