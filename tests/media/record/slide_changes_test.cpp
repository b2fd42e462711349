#include "media/record/slide_changes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kWidth = 640;
constexpr int kHeight = 360;

// A white page with a dark part, in shares of the page.
FramePtr page(double left, double top, double width, double height) {
  FramePtr frame = make_frame();
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = kWidth;
  frame->height = kHeight;
  EXPECT_GE(av_frame_get_buffer(frame.get(), 0), 0);
  for (int y = 0; y < kHeight; ++y) {
    std::uint8_t* row = frame->data[0] + static_cast<std::ptrdiff_t>(y) * frame->linesize[0];
    std::fill_n(row, kWidth, std::uint8_t{235});
    if (y >= top * kHeight && y < (top + height) * kHeight)
      std::fill_n(row + static_cast<int>(left * kWidth), static_cast<int>(width * kWidth), std::uint8_t{40});
  }
  return frame;
}
FramePtr first_slide() {
  return page(0, 0, 1, 0.3);
}
FramePtr second_slide() {
  return page(0.4, 0.3, 0.6, 0.7);
}

TEST(SlideChanges, AnotherSlideThatStaysIsOne) {
  SlideChanges changes;
  changes.offer(*first_slide(), {});
  changes.offer(*second_slide(), seconds(20));
  EXPECT_TRUE(changes.found(seconds(22)).empty()) << "it may be gone in a second";
  EXPECT_EQ(changes.found(seconds(25)), (std::vector<MediaTime>{seconds(20)}));
  changes.offer(*first_slide(), seconds(40));
  EXPECT_EQ(changes.found(seconds(60)), (std::vector<MediaTime>{seconds(20), seconds(40)}));
}

TEST(SlideChanges, AMenuOrALineOfTextIsNone) {
  SlideChanges changes;
  changes.offer(*first_slide(), {});
  changes.offer(*page(0, 0, 1, 0.4), seconds(10));
  changes.offer(*first_slide(), seconds(20));
  EXPECT_TRUE(changes.found(seconds(60)).empty());
}

TEST(SlideChanges, WhatPlaysIsNone) {
  SlideChanges changes;
  changes.offer(*first_slide(), {});
  for (int i = 0; i < 40; ++i)
    changes.offer(i % 2 == 0 ? *second_slide() : *first_slide(), seconds(10) + i * milliseconds(500));
  EXPECT_TRUE(changes.found(seconds(60)).empty()) << "it ends as it began";
}

TEST(SlideChanges, WhatIsTypedBitByBitIsNone) {
  SlideChanges changes;
  for (int i = 0; i <= 40; ++i) changes.offer(*page(0, 0, 1, 0.02 * i), i * seconds(4));
  EXPECT_TRUE(changes.found(seconds(200)).empty());
}

TEST(SlideChanges, WhatWasTakenBackIsForgotten) {
  SlideChanges changes;
  changes.offer(*first_slide(), {});
  changes.offer(*second_slide(), seconds(20));
  changes.offer(*first_slide(), seconds(40));
  changes.cut(seconds(30));
  EXPECT_EQ(changes.found(seconds(31)), (std::vector<MediaTime>{seconds(20)}));
}

}  // namespace
}  // namespace meanwhile
