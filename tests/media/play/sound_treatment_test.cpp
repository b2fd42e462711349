// What is done to a clip's sound where it is heard.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "media/play/delayed_sound.h"
#include "media/play/limiter.h"
#include "media/play/sound_mix.h"
#include "media/play/voice_cleaner.h"
#include "tests/support/play_rig.h"
#include "tests/support/test_clip.h"

namespace meanwhile::test {
namespace {

// Stereo, as a source gives it.
class Source {
 public:
  explicit Source(std::vector<float> mono) : mono_(std::move(mono)) {}
  std::size_t operator()(std::span<float> into) {
    const std::size_t frames = std::min(into.size() / 2, mono_.size() - at_);
    for (std::size_t i = 0; i < frames; ++i) into[2 * i] = into[2 * i + 1] = mono_[at_ + i];
    at_ += frames;
    return frames;
  }

 private:
  std::vector<float> mono_;
  std::size_t at_ = 0;
};

// The left ear's, up to the end.
template <typename Treat>
std::vector<float> heard(std::vector<float> mono, std::size_t delay, Treat treat) {
  DelayedSound sound(delay);
  Source source(std::move(mono));
  std::vector<float> left;
  std::vector<float> block(2 * 1000);
  for (;;) {
    const std::size_t frames = sound.read(block, [&](std::span<float> part) { return source(part); }, treat);
    for (std::size_t i = 0; i < frames; ++i) left.push_back(block[2 * i]);
    if (frames < 1000) return left;
  }
}

float loudest(const std::vector<float>& samples, std::size_t from, std::size_t to) {
  float most = 0;
  for (std::size_t i = from; i < to; ++i) most = std::max(most, std::abs(samples[i]));
  return most;
}

TEST(Limiter, LeavesEachSampleInItsPlaceAndAllOfThem) {
  std::vector<float> mono(10'500);
  mono[7000] = 0.25F;
  Limiter limiter(6.0206);
  const auto out = heard(mono, Limiter::kDelay, [&](std::span<float> part) { limiter.process(part); });
  ASSERT_EQ(out.size(), mono.size());
  EXPECT_NEAR(out[7000], 0.5, 0.001);
  EXPECT_EQ(std::ranges::count_if(out, [](float sample) { return sample != 0; }), 1);
}

TEST(Limiter, NoPeakGetsThrough) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> level(-1, 1);
  std::vector<float> mono(100'000);
  for (std::size_t i = 0; i < mono.size(); ++i) mono[i] = level(random) * (i % 20'000 < 300 ? 1.F : 0.1F);
  Limiter limiter(12);
  const auto out = heard(mono, Limiter::kDelay, [&](std::span<float> part) { limiter.process(part); });
  EXPECT_LE(loudest(out, 0, out.size()), 0.7944F);
  EXPECT_GT(loudest(out, 15'000, 19'000), 0.33F) << "up again between the peaks";
}

TEST(VoiceCleaner, TakesAHumOffAndLeavesTheWordsInTheirPlace) {
  constexpr int kRate = 48'000;
  std::mt19937 random(7);
  std::normal_distribution<float> noise(0, 0.01F);
  std::vector<float> mono(kRate * 6);
  for (std::size_t i = 0; i < mono.size(); ++i)
    mono[i] =
        noise(random) +
        0.03F * static_cast<float>(std::sin(2 * std::numbers::pi * 100 * static_cast<double>(i) / kRate));
  for (std::size_t i = 0; i < 4000; ++i)  // a word, late
    mono[kRate * 5 + i] +=
        0.5F * static_cast<float>(std::sin(2 * std::numbers::pi * 440 * static_cast<double>(i) / kRate));
  VoiceCleaner cleaner;
  const auto out = heard(mono, VoiceCleaner::kDelay, [&](std::span<float> part) { cleaner.process(part); });
  ASSERT_EQ(out.size(), mono.size());
  EXPECT_LT(loudest(out, kRate * 3, kRate * 4), 0.012F) << "was about 0.06";
  EXPECT_GT(loudest(out, kRate * 5, kRate * 5 + 4000), 0.3F);
  EXPECT_LT(loudest(out, kRate * 5 - 3000, kRate * 5 - 1000), 0.05F) << "no word comes early";
}

TEST(SoundMix, IsAsLongAsBeforeWhateverIsDoneToIt) {
  for (const SoundTreatment& treatment :
       {SoundTreatment{}, SoundTreatment{.gain_db = 6}, SoundTreatment{.gain_db = -6, .is_clean = true}}) {
    SoundMix mix;
    mix.open({.sources = {memory(make_sound_track({.duration = std::chrono::seconds(2)}))}}, {}, {});
    mix.treat(treatment);
    mix.seek(std::chrono::milliseconds(500));
    std::vector<float> block(2 * 1000);
    std::size_t frames = 0;
    for (std::size_t got = 1000; got == 1000; frames += got) got = mix.read(block);
    EXPECT_NEAR(static_cast<double>(frames), 72'000, 1100) << treatment.gain_db;
  }
}

}  // namespace
}  // namespace meanwhile::test
