// Windows open where they were left, and on a screen.
#include "app/platform/window_place.h"

#include <gtest/gtest.h>

#include <tuple>
#include <vector>

namespace meanwhile {
namespace {

bool is_inside(const Rect& window, const Rect& area) {
  return window.x >= area.x && window.y - kTitleBarHeight >= area.y &&
         window.x + window.width <= area.x + area.width && window.y + window.height <= area.y + area.height;
}

TEST(WindowPlace, TheFirstOneFitsTheWorkArea) {
  for (const Rect& screen : {Rect{0, 0, 1280, 800}, Rect{0, 27, 1366, 741}, Rect{0, 0, 1024, 600},
                             Rect{70, 30, 3770, 2130}, Rect{0, 0, 640, 480}}) {
    const std::vector<Rect> screens{screen};
    const Rect placed = window_place(std::nullopt, 1280, 800, screens);
    EXPECT_TRUE(is_inside(placed, screen)) << screen.width;
    EXPECT_EQ(placed.width, std::min(1280, screen.width));
  }
}

TEST(WindowPlace, OneThatWasLeftIsThereAgainOnItsMonitor) {
  const std::vector<Rect> screens{{0, 0, 1920, 1080}, {1920, 0, 2560, 1440}};
  const Rect left{2100, 200, 1500, 900};
  const Rect again = window_place(left, 1280, 800, screens);
  EXPECT_EQ(std::tie(again.x, again.y, again.width, again.height),
            std::tie(left.x, left.y, left.width, left.height));
}

TEST(WindowPlace, AMonitorThatIsGoneLosesNoWindow) {
  const std::vector<Rect> screens{{0, 0, 1920, 1080}};
  for (const Rect& left :
       {Rect{2100, 200, 1500, 900}, Rect{-3000, -50, 1500, 900}, Rect{100, 100, 5000, 4000}})
    EXPECT_TRUE(is_inside(window_place(left, 1280, 800, screens), screens[0])) << left.x;
}

}  // namespace
}  // namespace meanwhile
