#include "media/export/frame_times.h"

#include <gtest/gtest.h>

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

const FrameTimes kThirty(30);

TEST(FrameTimes, AStillPictureIsHeldForHalfASecond) {
  EXPECT_EQ(kThirty.after(1s, 2s).until, 1500ms);
  EXPECT_EQ(FrameTimes(1).after(1s, 3s).until, 2s);
}

TEST(FrameTimes, AChangeThatComesSoonIsWaitedFor) {
  EXPECT_EQ(kThirty.after(1s, 1s + 510ms).from, 1s + 510ms);
  EXPECT_EQ(kThirty.after(1s, 1s + 5ms).from, 1s + 5ms);
}

// As the pointer does, after a frame that stands in the middle of several pictures.
TEST(FrameTimes, AChangeRightAfterAFrameIsShownATickLater) {
  EXPECT_GE(kThirty.after(1s, 1s + 5us).from, 1s + 3ms);
  EXPECT_GE(kThirty.after(1s, 1s + 5us).until, 1s + 30ms);
}

TEST(FrameTimes, ChangesOfThirtyMillisecondsShareOne) {
  const auto span = kThirty.after(1s, 1s + 20ms);
  EXPECT_LE(span.until - span.from, 30ms);
  EXPECT_GT(span.until - span.from, 29ms);
  EXPECT_EQ(frame_time(span.from, span.from + 10ms), span.from + 5ms);
}

}  // namespace
}  // namespace meanwhile::test
