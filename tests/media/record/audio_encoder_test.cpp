#include "media/record/audio_encoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "media/base/files.h"
#include "tests/support/scripted_sources.h"
#include "tests/support/track_inspection.h"

namespace meanwhile {
namespace {

constexpr int kBlock = 480;

// A click of 2 ms.
float click_at(std::int64_t sample, std::int64_t n) {
  return n >= sample && n < sample + 96 ? 0.9F : 0.0F;
}

std::int64_t place_of_click(const SoundFacts& sound, std::int64_t from, std::int64_t to) {
  for (std::int64_t n = from; n < to; ++n) {
    const std::int64_t i = n - sound.first_sample;
    if (i >= 0 && i < std::ssize(sound.samples) &&
        std::abs(sound.samples[static_cast<std::size_t>(i)]) > 0.4F)
      return n;
  }
  return -1;
}

// A sound encoder that writes into a file of its own.
class AudioEncoderTest : public ::testing::Test {
 protected:
  AudioEncoderTest()
      : file_(std::make_shared<TrackFile>(disk_, std::make_shared<DiskFile>(FileSink::create(path_).value()),
                                          path_)) {
    encoder_ = std::make_unique<AudioEncoder>(
        "voice", [this](const AVCodecContext& encoder) { return TrackWriter::create(encoder, file_); },
        [this](const Error& error) { failures_.lock()->push_back(error); });
  }
  SoundFacts finish() {
    encoder_->finish();
    EXPECT_TRUE(disk_.finish());
    return sound_of(path_).value();
  }

  ScratchFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "voice.mp4";
  Guarded<std::vector<Error>> failures_;
  DiskWriter disk_{[](const Error&) {}};
  TrackFilePtr file_;
  std::unique_ptr<AudioEncoder> encoder_;
};

TEST_F(AudioEncoderTest, ADecodedClickIsWhereItWasRecorded) {
  for (std::int64_t n = 0; n < 3 * 48'000; n += kBlock) {
    encoder_->push(sound_block(1, kBlock, n, [](std::int64_t i) { return click_at(72'000, i); }),
                   MediaTime(n * 1'000'000 / 48'000));
  }
  const SoundFacts sound = finish();

  EXPECT_NEAR(place_of_click(sound, 0, 144'000), 72'000, 24);
  EXPECT_EQ(sound.first_sample, 0);
  EXPECT_EQ(encoder_->codec(), "mp4a.40.2");
}

TEST_F(AudioEncoderTest, BeforeALateMicrophoneThereIsSilence) {
  for (std::int64_t n = 0; n < 48'000; n += kBlock) {
    encoder_->push(sound_block(2, kBlock, n, [](std::int64_t i) { return click_at(24'000, i); }),
                   MediaTime(2'500'000 + n * 1'000'000 / 48'000));
  }
  const SoundFacts sound = finish();

  EXPECT_NEAR(place_of_click(sound, 0, 200'000), 120'000 + 24'000, 24);
  EXPECT_EQ(sound.first_sample, 0);
}

TEST_F(AudioEncoderTest, FillsAGapWithSilence) {
  const auto push = [&](std::int64_t first, MediaTime at, std::int64_t click) {
    for (std::int64_t n = 0; n < 48'000; n += kBlock) {
      encoder_->push(sound_block(1, kBlock, first + n, [=](std::int64_t i) { return click_at(click, i); }),
                     at + MediaTime(n * 1'000'000 / 48'000));
    }
  };
  push(0, MediaTime{}, -1000);
  push(0, std::chrono::seconds(4), 24'000);
  const SoundFacts sound = finish();

  EXPECT_NEAR(place_of_click(sound, 0, 300'000), 4 * 48'000 + 24'000, 48);
}

TEST_F(AudioEncoderTest, AChangedFormatEndsTheTrack) {
  encoder_->push(sound_block(1, kBlock, 0, [](std::int64_t) { return 0.0F; }), MediaTime{});
  encoder_->push(sound_block(2, kBlock, 0, [](std::int64_t) { return 0.0F; }), MediaTime(10'000));
  finish();

  ASSERT_EQ(failures_.lock()->size(), 1U);
  EXPECT_EQ(failures_.lock()->front().code, ErrorCode::InvalidArgument);
}

// A card whose crystal is wrong by `ppm`, with timestamps that jitter by 3 ms: after five minutes a click
// must still be where it was heard.
class DriftTest : public ::testing::TestWithParam<int> {};

TEST_P(DriftTest, ClicksStayInPlace) {
  const double true_rate = 48'000.0 * (1 + GetParam() * 1e-6);
  auto corrector = DriftCorrector::create(1).value();
  PlanarSamples out;
  constexpr int kSeconds = 300;
  // One click each second of true time.
  const auto sample = [&](std::int64_t n) {
    const double second = static_cast<double>(n) / true_rate;
    return second - std::floor(second) < 0.002 ? 0.9F : 0.0F;
  };
  const auto total = static_cast<std::int64_t>(kSeconds * true_rate);
  for (std::int64_t n = 0; n + kBlock <= total; n += kBlock) {
    const double jitter_us = 3000 * std::sin(static_cast<double>(n) * 0.37);
    const auto at =
        MediaTime(std::llround(static_cast<double>(n) * 1e6 / true_rate + std::max(0.0, jitter_us)));
    ASSERT_TRUE(corrector.push(*sound_block(1, kBlock, n, sample), at, out));
  }
  ASSERT_TRUE(corrector.finish(out));

  const auto& sound = out.front();
  for (std::int64_t second = 10; second < kSeconds - 1; ++second) {
    const auto from = sound.begin() + (second * 48'000 - 4800);
    const auto found = std::find_if(from, from + 9600, [](float s) { return s > 0.4F; });
    EXPECT_NEAR(static_cast<double>(found - sound.begin()) / 48'000, static_cast<double>(second), 0.008);
  }
}

INSTANTIATE_TEST_SUITE_P(Crystals, DriftTest, ::testing::Values(0, 300, -300, 1000, -1000, 2000));

class LongDriftTest : public ::testing::TestWithParam<int> {};

// An hour of silence with a click about each minute.
TEST_P(LongDriftTest, ClicksStayInPlaceForAnHour) {
  constexpr int kLong = 4800;
  constexpr std::int64_t kBlocks = 3600 * 48'000 / kLong;
  constexpr std::int64_t kBlocksBetweenClicks = 600;
  const double true_rate = 48'000.0 * (1 + GetParam() * 1e-6);
  auto corrector = DriftCorrector::create(1).value();
  const FramePtr silence = sound_block(1, kLong, 0, [](std::int64_t) { return 0.0F; });
  const FramePtr click =
      sound_block(1, kLong, 0, [](std::int64_t i) { return i >= 2400 && i < 2500 ? 0.9F : 0.0F; });
  PlanarSamples out;
  std::int64_t before = 0;  // samples that were looked at
  int clicks = 0;
  double expected = 0;
  for (std::int64_t i = 0; i < kBlocks; ++i) {
    const auto seconds = static_cast<double>(i * kLong) / true_rate;
    const bool clicks_now = i % kBlocksBetweenClicks == kBlocksBetweenClicks - 2;
    if (clicks_now) expected = seconds + 2400 / true_rate;
    ASSERT_TRUE(corrector.push(clicks_now ? *click : *silence, MediaTime(std::llround(seconds * 1e6)), out));
    const auto found = std::ranges::find_if(out.front(), [](float sample) { return sample > 0.4F; });
    if (found != out.front().end()) {
      ++clicks;
      const auto place = static_cast<double>(before + (found - out.front().begin())) / 48'000;
      EXPECT_NEAR(place, expected, 0.002);
    }
    before += std::ssize(out.front());
    out.front().clear();
  }
  EXPECT_EQ(clicks, kBlocks / kBlocksBetweenClicks);
  // What was stretched is what the card was off by.
  EXPECT_NEAR(static_cast<double>(corrector.stretched()), -GetParam() * 1e-6 * kBlocks * kLong, 480);
}

INSTANTIATE_TEST_SUITE_P(Crystals, LongDriftTest, ::testing::Values(300, -300));

TEST(DriftCorrector, LeavesOutWhatComesTwice) {
  auto corrector = DriftCorrector::create(1).value();
  PlanarSamples out;
  const auto block = sound_block(1, 48'000, 0, [](std::int64_t) { return 0.1F; });
  ASSERT_TRUE(corrector.push(*block, MediaTime{}, out));
  ASSERT_TRUE(corrector.push(*block, MediaTime(500'000), out));
  ASSERT_TRUE(corrector.finish(out));

  EXPECT_NEAR(static_cast<double>(out.front().size()), 72'000, 64);
}

}  // namespace
}  // namespace meanwhile
