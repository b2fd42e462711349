#include "media/capture/x11/screen_spec.h"

#include <gtest/gtest.h>

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
                           "x11::0+0,0,999999999999999999x480", "x11::0+a,b,cxd", "x11::0#", "x11::0#0",
                           "x11::0#0x", "x11::0#-1", "x11::0#12 ", "x11::0#0x1ffffffff", "x11::0#xterm"}) {
    const auto spec = parse_screen_spec(text);
    ASSERT_FALSE(spec) << text;
    EXPECT_EQ(spec.error().code, ErrorCode::InvalidArgument) << text;
  }
}

TEST(ScreenSpec, WindowIsANumberAsXProgramsPrintIt) {
  const auto hexadecimal = parse_screen_spec("x11::1.0#0x1A00007");
  const auto decimal = parse_screen_spec("x11:#27262983");

  ASSERT_TRUE(hexadecimal && decimal);
  EXPECT_EQ(hexadecimal->display, ":1.0");
  EXPECT_EQ(hexadecimal->window, 0x1a00007U);
  EXPECT_EQ(decimal->display, "");
  EXPECT_EQ(decimal->window, 27262983U);
}

TEST(ScreenSpec, MonitorMayBeCalledLikeAWindow) {
  const auto spec = parse_screen_spec("x11::1@DP#2");

  ASSERT_TRUE(spec);
  EXPECT_EQ(spec->monitor, "DP#2");
  EXPECT_FALSE(spec->window);
}

}  // namespace
}  // namespace meanwhile
