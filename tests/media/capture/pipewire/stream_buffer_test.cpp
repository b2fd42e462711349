#include "media/capture/pipewire/stream_buffer.h"

#include <gtest/gtest.h>
#include <spa/param/video/raw.h>

#include <array>
#include <vector>

namespace meanwhile {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

// A pointer of 2 x 2, as a desktop tells of it.
struct PointerBytes {
  spa_meta_cursor cursor{
      .id = 1, .flags = 0, .position = {5, 6}, .hotspot = {1, 0}, .bitmap_offset = sizeof(spa_meta_cursor)};
  spa_meta_bitmap bitmap{
      .format = SPA_VIDEO_FORMAT_RGBA, .size = {2, 2}, .stride = 8, .offset = sizeof(spa_meta_bitmap)};
  std::array<std::uint8_t, 16> pixels{10, 20, 30, 255};
};

std::optional<StreamPointer> read(const PointerBytes& bytes, std::size_t missing = 0) {
  return read_pointer(std::as_bytes(std::span(&bytes, 1)).first(sizeof bytes - missing));
}

TEST(StreamPointer, ShapeAndPlaceAreRead) {
  const auto pointer = read({});

  ASSERT_TRUE(pointer && pointer->shape);
  EXPECT_TRUE(pointer->is_here);
  EXPECT_EQ(pointer->x, 5);
  EXPECT_EQ(pointer->y, 6);
  EXPECT_EQ(pointer->shape->hot_x, 1);
  EXPECT_EQ(pointer->shape->rgba[0], 10);
  EXPECT_EQ(pointer->shape->rgba[2], 30);
}

TEST(StreamPointer, ShapeThatIsNotWholeIsNoShape) {
  EXPECT_FALSE(read({}, 1)->shape);
  EXPECT_FALSE(read_pointer(std::array<std::byte, 4>{}));
  PointerBytes bytes;
  bytes.cursor.bitmap_offset = 0xffffffff;
  EXPECT_FALSE(read(bytes)->shape);
  bytes = {};
  bytes.bitmap.offset = 0xfffffff0;
  EXPECT_FALSE(read(bytes)->shape);
  bytes = {};
  bytes.bitmap.size = {0x10000, 0x10000};
  EXPECT_FALSE(read(bytes)->shape);
  bytes = {};
  bytes.bitmap.stride = -8;
  EXPECT_FALSE(read(bytes)->shape);
}

TEST(StreamPointer, HiddenOneHasAShapeThatShowsNothing) {
  PointerBytes bytes;
  bytes.bitmap.offset = 0;

  const auto pointer = read(bytes);

  ASSERT_TRUE(pointer && pointer->shape);
  EXPECT_EQ(pointer->shape->rgba, (std::vector<std::uint8_t>{0, 0, 0, 0}));
}

class StreamPixels : public testing::Test {
 protected:
  FramePtr view(AVPixelFormat pixels) { return view_pixels(buffer_, {.pixels = pixels, .size = {16, 8}}); }

  std::array<std::uint8_t, 16 * 8 * 4> bytes_{};
  spa_chunk chunk_{.offset = 0, .size = sizeof bytes_, .stride = 64, .flags = 0};
  spa_data data_{.type = SPA_DATA_MemPtr, .maxsize = sizeof bytes_, .data = bytes_.data(), .chunk = &chunk_};
  spa_buffer buffer_{.n_metas = 0, .n_datas = 1, .metas = nullptr, .datas = &data_};
};

TEST_F(StreamPixels, AreWhereTheBufferSays) {
  const FramePtr frame = view(AV_PIX_FMT_BGR0);

  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->data[0], bytes_.data());
  EXPECT_EQ(frame->linesize[0], 64);
}

TEST_F(StreamPixels, PlanesFollowEachOther) {
  chunk_.stride = 0;  // isn't told: without gaps

  const FramePtr frame = view(AV_PIX_FMT_YUV420P);

  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->data[1], bytes_.data() + 16 * 8);
  EXPECT_EQ(frame->data[2], bytes_.data() + 16 * 8 + 8 * 4);
  EXPECT_EQ(frame->linesize[1], 8);
}

TEST_F(StreamPixels, FewerThanTheFormatNeedsAreNone) {
  chunk_.size = sizeof bytes_ - 1;
  EXPECT_FALSE(view(AV_PIX_FMT_BGR0));
  chunk_.size = sizeof bytes_;
  chunk_.offset = 4;
  EXPECT_FALSE(view(AV_PIX_FMT_BGR0));
  chunk_.offset = 0;
  for (const std::int32_t stride : {-64, 60, 65, 0x7fffffff}) {
    chunk_.stride = stride;
    EXPECT_FALSE(view(AV_PIX_FMT_BGR0)) << stride;
  }
}

TEST_F(StreamPixels, BufferThatOnlyTellsOfThePointerHasNone) {
  chunk_.size = 0;
  EXPECT_FALSE(view(AV_PIX_FMT_BGR0));
  chunk_ = {.offset = 0, .size = sizeof bytes_, .stride = 64, .flags = SPA_CHUNK_FLAG_CORRUPTED};
  EXPECT_FALSE(view(AV_PIX_FMT_BGR0));
  buffer_.n_datas = 0;
  EXPECT_FALSE(view(AV_PIX_FMT_BGR0));
}

TEST(StreamStamp, IsTheBuffersWhereThatCanBeTrue) {
  const MonotonicTime now{microseconds(10'000'000)};

  EXPECT_EQ(instant_of(9'990'000'000, now), now - milliseconds(10));
  EXPECT_EQ(instant_of(std::nullopt, now), now);
  EXPECT_EQ(instant_of(10'000'001'000, now), now);  // of the future
  EXPECT_EQ(instant_of(1'000'000'000, now), now);   // of long ago: another clock's
  EXPECT_EQ(instant_of(-9'000'000'000'000, now), now);
}

}  // namespace
}  // namespace meanwhile
