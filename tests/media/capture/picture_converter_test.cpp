#include "media/capture/picture_converter.h"

#include <gtest/gtest.h>

#include <cstring>

namespace meanwhile {
namespace {

FramePtr grey_frame(AVPixelFormat format, int width, int height, int value) {
  FramePtr frame = make_frame();
  frame->format = format;
  frame->width = width;
  frame->height = height;
  av_frame_get_buffer(frame.get(), 0);
  for (int plane = 0; plane < 4 && frame->buf[plane]; ++plane) {
    std::memset(frame->buf[plane]->data, value, frame->buf[plane]->size);
  }
  return frame;
}

TEST(PictureConverter, OddSizesAreRoundedDown) {
  const Size size = converted_size({641, 481});

  EXPECT_EQ(size.width, 640);
  EXPECT_EQ(size.height, 480);
}

TEST(PictureConverter, OnlyAbsurdSizesAreScaledAndKeepTheirShape) {
  EXPECT_EQ(converted_size({1920, 1080}).width, 1920);
  const Size size = converted_size({15360, 8640});
  EXPECT_EQ(size.width, 3840);
  EXPECT_EQ(size.height, 2160);
}

TEST(PictureConverter, AnotherShapeIsNotStretched) {
  PictureConverter converter({64, 36});
  const auto frame = converter.convert(*grey_frame(AV_PIX_FMT_YUV420P, 40, 30, 200), false);
  ASSERT_TRUE(frame);
  const auto luma = [&](int x, int y) { return (*frame)->data[0][y * (*frame)->linesize[0] + x]; };
  EXPECT_EQ((*frame)->width, 64);
  EXPECT_EQ(luma(2, 18), 16);
  EXPECT_EQ(luma(61, 18), 16);
  EXPECT_NEAR(luma(32, 0), 200, 2);
  EXPECT_NEAR(luma(32, 35), 200, 2);
  // The same shape fills all of it.
  const auto small = converter.convert(*grey_frame(AV_PIX_FMT_YUV420P, 32, 18, 200), false);
  ASSERT_TRUE(small);
  EXPECT_NEAR((*small)->data[0][0], 200, 2);
}

TEST(PictureConverter, AnyFormatBecomesYuv420OfTheTargetsSize) {
  PictureConverter converter({64, 48});
  for (const AVPixelFormat format :
       {AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUV422P, AV_PIX_FMT_NV12, AV_PIX_FMT_YUYV422,
        AV_PIX_FMT_UYVY422, AV_PIX_FMT_BGRA, AV_PIX_FMT_RGB24, AV_PIX_FMT_YUV444P, AV_PIX_FMT_GRAY8}) {
    const auto picture = converter.convert(*grey_frame(format, 65, 49, 128), false);
    ASSERT_TRUE(picture) << format << ": " << picture.error().message;
    EXPECT_EQ((*picture)->format, AV_PIX_FMT_YUV420P) << format;
    EXPECT_EQ((*picture)->width, 64) << format;
    EXPECT_EQ((*picture)->height, 48) << format;
    EXPECT_NEAR((*picture)->data[0][10 * (*picture)->linesize[0] + 10], 128, 6) << format;
    EXPECT_NE((*picture)->colorspace, AVCOL_SPC_UNSPECIFIED) << format;
    EXPECT_NE((*picture)->color_range, AVCOL_RANGE_UNSPECIFIED) << format;
  }
}

TEST(PictureConverter, FullRangeOfJpegIsKeptAndSaid) {
  PictureConverter converter({64, 48});

  const auto picture = converter.convert(*grey_frame(AV_PIX_FMT_YUVJ422P, 64, 48, 255), false);

  ASSERT_TRUE(picture);
  EXPECT_EQ((*picture)->color_range, AVCOL_RANGE_JPEG);
  EXPECT_EQ((*picture)->data[0][0], 255);
}

TEST(PictureConverter, PictureThatChangesItsSizeIsFitted) {
  PictureConverter converter({64, 48});
  converter.convert(*grey_frame(AV_PIX_FMT_YUV420P, 64, 48, 100), false);

  const auto picture = converter.convert(*grey_frame(AV_PIX_FMT_YUV420P, 320, 200, 100), false);

  ASSERT_TRUE(picture);
  EXPECT_EQ((*picture)->width, 64);
  EXPECT_NEAR((*picture)->data[0][(*picture)->height / 2 * (*picture)->linesize[0] + (*picture)->width / 2],
              100, 2);
}

TEST(PictureConverter, PixelsOfADeviceAreCopied) {
  PictureConverter converter({64, 48});
  const FramePtr source = grey_frame(AV_PIX_FMT_YUV420P, 64, 48, 100);

  const auto picture = converter.convert(*source, true);

  ASSERT_TRUE(picture);
  EXPECT_NE((*picture)->data[0], source->data[0]);
}

}  // namespace
}  // namespace meanwhile
