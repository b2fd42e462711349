#include "media/base/picture_entry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string_view>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "tests/support/test_clip.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

// The first place where that stands in it.
std::size_t find(const Bytes& bytes, std::string_view text) {
  const auto found = std::ranges::search(bytes, as_byte_span(text));
  return static_cast<std::size_t>(found.begin() - bytes.begin());
}

Result<PictureEntry> entry_of(Bytes bytes) {
  MemorySource source(std::move(bytes));
  return read_picture_entry(source);
}

Bytes one_second() {
  return make_video_track(constant_rate(30, 30));
}

TEST(PictureEntry, SaysWhatTheRecorderWrote) {
  const auto entry = entry_of(one_second());
  ASSERT_TRUE(entry) << entry.error().message;
  EXPECT_EQ(entry->size.width, 320);
  EXPECT_EQ(entry->size.height, 180);
  EXPECT_EQ(entry->colours, (ColourNumbers{.primaries = 6, .transfer = 6, .matrix = 6}));
  ASSERT_GT(entry->avcc.size(), 6U);
  EXPECT_EQ(entry->avcc[0], 1);
  EXPECT_EQ(entry->avcc[1], 100);
}

TEST(PictureEntry, OtherTracksAreUnsupported) {
  EXPECT_EQ(entry_of(make_sound_track({.duration = 1s})).error().code, ErrorCode::Unsupported);
  for (const std::string_view box : {"avc1", "avcC", "colr"}) {
    Bytes other = one_second();
    other[find(other, box)] = std::byte{'x'};
    EXPECT_EQ(entry_of(std::move(other)).error().code, ErrorCode::Unsupported) << box;
  }
}

TEST(PictureEntry, AnEditListIsUnsupported) {
  Bytes other = one_second();
  std::ranges::copy(as_byte_span("edts"), other.begin() + static_cast<std::ptrdiff_t>(find(other, "tkhd")));
  EXPECT_FALSE(entry_of(std::move(other)));
}

TEST(PictureEntry, DamageIsAnError) {
  const Bytes whole = one_second();
  std::mt19937 random(1);
  for (int i = 0; i < 500; ++i) {
    Bytes damaged = whole;
    for (int j = 0; j < 4; ++j) damaged[random() % 800] = static_cast<std::byte>(random());
    (void)entry_of(std::move(damaged));
  }
}

}  // namespace
}  // namespace meanwhile::test
