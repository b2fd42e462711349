#include "media/capture/x11/monitors.h"

#include <gtest/gtest.h>

#include "tests/support/x_server.h"

namespace meanwhile {
namespace {

TEST(ScreenSpec, DisplayAloneNamesNoMonitor) {
  const auto spec = parse_screen_spec("x11::99");

  ASSERT_TRUE(spec);
  EXPECT_EQ(spec->display, ":99");
  EXPECT_FALSE(spec->monitor);
  EXPECT_FALSE(spec->area);
}

TEST(ScreenSpec, MonitorsNameMayHoldAnything) {
  const auto spec = parse_screen_spec("x11:host:10.0@DP-1+left@2");

  ASSERT_TRUE(spec);
  EXPECT_EQ(spec->display, "host:10.0");
  EXPECT_EQ(spec->monitor, "DP-1+left@2");
}

TEST(ScreenSpec, AreaHasCornerAndSize) {
  const auto spec = parse_screen_spec("x11::1+10,20,640x480");

  ASSERT_TRUE(spec && spec->area);
  EXPECT_EQ(spec->area->x, 10);
  EXPECT_EQ(spec->area->y, 20);
  EXPECT_EQ(spec->area->width, 640);
  EXPECT_EQ(spec->area->height, 480);
}

TEST(ScreenSpec, GarbageIsAnInvalidArgument) {
  for (const char* text : {"", "x12::0", "x11::0@", "x11::0+", "x11::0+1", "x11::0+1,2,3", "x11::0+1,2,3x4",
                           "x11::0+-1,0,640x480", "x11::0+0,0,640x480junk", "x11::0+0,0,99999x480",
                           "x11::0+0,0,999999999999999999x480", "x11::0+a,b,cxd"}) {
    const auto spec = parse_screen_spec(text);
    ASSERT_FALSE(spec) << text;
    EXPECT_EQ(spec.error().code, ErrorCode::InvalidArgument) << text;
  }
}

TEST(Monitors, ScreenCutInTwoHasBothByName) {
  auto server = XServer::start({1280, 720});
  ASSERT_TRUE(server) << server.error().message;
  ASSERT_EQ((*server)->run({"xrandr", "--setmonitor", "left", "640/160x720/160+0+0", "screen"}), 0);
  ASSERT_EQ((*server)->run({"xrandr", "--setmonitor", "right", "641/160x719/160+639+1", "none"}), 0);
  const auto x = connect_to_x((*server)->display());
  ASSERT_TRUE(x);

  const auto right = resolve_screen(*x, {(*server)->display(), "right", {}});

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

  const auto unknown = resolve_screen(*x, {(*server)->display(), "HDMI-7", {}});
  const auto outside = resolve_screen(*x, {(*server)->display(), {}, Rect{600, 0, 64, 64}});

  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::NotFound);
  ASSERT_FALSE(outside);
  EXPECT_EQ(outside.error().code, ErrorCode::InvalidArgument);
}

}  // namespace
}  // namespace meanwhile
