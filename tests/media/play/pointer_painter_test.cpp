#include "media/play/pointer_painter.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "media/ffmpeg/pictures.h"

namespace meanwhile {
namespace {

// White, limited range.
FramePtr white_frame(int width, int height) {
  FramePtr frame = make_frame();
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = width;
  frame->height = height;
  EXPECT_EQ(av_frame_get_buffer(frame.get(), 0), 0);
  std::fill_n(frame->data[0], frame->linesize[0] * height, std::uint8_t{235});
  for (const int plane : {1, 2})
    std::fill_n(frame->data[plane], frame->linesize[plane] * height / 2, std::uint8_t{128});
  return frame;
}

int luma(const AVFrame& frame, int x, int y) {
  return frame.data[0][y * frame.linesize[0] + x];
}

TEST(PointerPainter, AClickTintsADiscAroundTheHotSpot) {
  const FramePtr frame = white_frame(640, 360);
  draw_click(*frame, 100, 80);
  EXPECT_LT(luma(*frame, 100, 80), 200);
  EXPECT_GT(luma(*frame, 100, 80), 100) << "it must not hide what is below";
  EXPECT_EQ(luma(*frame, 120, 80), 235);
  EXPECT_EQ(luma(*frame, 110, 90), 235) << "a disc has no corners";
}

TEST(PointerPainter, WhatLiesOutsideOfThePictureIsCutOff) {
  const FramePtr frame = white_frame(64, 36);
  draw_click(*frame, -5, -5);
  draw_click(*frame, 70, 40);
  draw_pointer(*frame, {.width = 2, .height = 2, .rgba = std::vector<std::uint8_t>(16, 0xFF)}, 63, 35);
  EXPECT_LT(luma(*frame, 1, 1), 235);
}

}  // namespace
}  // namespace meanwhile
