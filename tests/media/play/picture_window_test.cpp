#include "media/play/picture_window.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>

#include "media/base/picture.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

PicturePtr picture_at(MediaTime time) {
  auto picture = std::make_shared<Picture>();
  picture->width = 320;
  picture->height = 180;
  picture->at = time;
  return picture;
}

TEST(PictureWindow, IsFilledToItsRoomAndAgainWhenItIsHalfEmpty) {
  PictureWindow window;
  EXPECT_TRUE(window.lacks_ahead());
  int count = 0;
  while (window.has_room()) window.add(picture_at(count++ * 10ms), false);
  EXPECT_FALSE(window.lacks_ahead());
  int shown = 0;
  while (!window.lacks_ahead()) window.advance(shown++ * 10ms);
  EXPECT_EQ(shown, count / 2);
  EXPECT_TRUE(window.has_room());
}

}  // namespace
}  // namespace meanwhile::test
