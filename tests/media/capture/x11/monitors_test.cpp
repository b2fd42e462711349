#include "media/capture/x11/monitors.h"

#include <gtest/gtest.h>

#include "tests/support/x_server.h"

namespace meanwhile {
namespace {

TEST(Monitors, ScreenCutInTwoHasBothByName) {
  auto server = XServer::start({1280, 720});
  ASSERT_TRUE(server) << server.error().message;
  ASSERT_EQ((*server)->run({"xrandr", "--setmonitor", "left", "640/160x720/160+0+0", "screen"}), 0);
  ASSERT_EQ((*server)->run({"xrandr", "--setmonitor", "right", "641/160x719/160+639+1", "none"}), 0);
  const auto x = connect_to_x((*server)->display());
  ASSERT_TRUE(x);

  const auto right = resolve_screen(*x, {.display = (*server)->display(), .monitor = "right"});

  ASSERT_TRUE(right) << right.error().message;
  EXPECT_EQ(right->area.x, 639);
  EXPECT_EQ(right->area.y, 1);
  EXPECT_EQ(right->area.width, 640);
  EXPECT_EQ(right->area.height, 718);
  EXPECT_EQ(list_monitors(*x).size(), 2U);
}

TEST(Monitors, UnknownNameIsNotFoundAndAnAreaOutsideIsInvalid) {
  auto server = XServer::start({640, 480});
  ASSERT_TRUE(server) << server.error().message;
  const auto x = connect_to_x((*server)->display());
  ASSERT_TRUE(x);

  const auto unknown = resolve_screen(*x, {.display = (*server)->display(), .monitor = "HDMI-7"});
  const auto outside = resolve_screen(*x, {.display = (*server)->display(), .area = Rect{600, 0, 64, 64}});

  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::NotFound);
  ASSERT_FALSE(outside);
  EXPECT_EQ(outside.error().code, ErrorCode::InvalidArgument);
}

}  // namespace
}  // namespace meanwhile
