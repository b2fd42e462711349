#include "media/capture/picture_turner.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

Turn turn_by(std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) {
  const std::array<std::int32_t, 9> matrix{a, b, 0, c, d, 0, 0, 0, 1 << 30};
  std::array<std::uint8_t, sizeof matrix> bytes{};
  std::memcpy(bytes.data(), matrix.data(), sizeof matrix);
  return turn_of(bytes);
}

// 4 x 2, black, with a white 2 x 2 at its left.
FramePtr half_white() {
  FramePtr frame = make_frame();
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = 4;
  frame->height = 2;
  EXPECT_GE(av_frame_get_buffer(frame.get(), 0), 0);
  for (int y = 0; y < 2; ++y) {
    for (int x = 0; x < 4; ++x) frame->data[0][y * frame->linesize[0] + x] = x < 2 ? 235 : 16;
  }
  for (int plane = 1; plane < 3; ++plane) std::memset(frame->data[plane], 128, 2);
  return frame;
}

std::vector<int> luma_of(const AVFrame& frame) {
  std::vector<int> luma;
  for (int y = 0; y < frame.height; ++y) {
    for (int x = 0; x < frame.width; ++x) luma.push_back(frame.data[0][y * frame.linesize[0] + x]);
  }
  return luma;
}

constexpr int kOne = 1 << 16;

TEST(Turn, IsReadFromADisplayMatrix) {
  EXPECT_EQ(turn_by(kOne, 0, 0, kOne), (Turn{0, false}));
  EXPECT_EQ(turn_by(0, kOne, -kOne, 0), (Turn{90, false}));
  EXPECT_EQ(turn_by(-kOne, 0, 0, -kOne), (Turn{180, false}));
  EXPECT_EQ(turn_by(0, -kOne, kOne, 0), (Turn{270, false}));
  EXPECT_EQ(turn_by(-kOne, 0, 0, kOne), (Turn{0, true}));
  EXPECT_EQ(turn_by(kOne, 0, 0, -kOne), (Turn{180, true}));
  EXPECT_EQ(turn_by(kOne, kOne, -kOne, kOne), Turn());
  EXPECT_EQ(turn_by(0, 0, 0, 0), Turn());
  EXPECT_EQ(turn_of(std::span<const std::uint8_t>()), Turn());
}

TEST(Turn, TurnsClockwise) {
  const FramePtr quarter = turned(half_white(), {90, false});
  EXPECT_EQ(quarter->width, 2);
  EXPECT_EQ(quarter->height, 4);
  EXPECT_EQ(luma_of(*quarter), (std::vector{235, 235, 235, 235, 16, 16, 16, 16}));
  EXPECT_EQ(luma_of(*turned(half_white(), {270, false})), (std::vector{16, 16, 16, 16, 235, 235, 235, 235}));
  EXPECT_EQ(luma_of(*turned(half_white(), {180, false})), (std::vector{16, 16, 235, 235, 16, 16, 235, 235}));
  EXPECT_EQ(luma_of(*turned(half_white(), {0, true})), (std::vector{16, 16, 235, 235, 16, 16, 235, 235}));
  EXPECT_EQ(luma_of(*turned(half_white(), {})), luma_of(*half_white()));
}

}  // namespace
}  // namespace meanwhile
