#include "app/platform/desktop_scale.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

TEST(DesktopScale, IsWhatTheDesktopSaysOfItsText) {
  EXPECT_EQ(scale_of({.resources = "Xcursor.size:\t24\nXft.dpi:\t144\nXft.hinting:\t1\n"}), 1.5);
  EXPECT_EQ(scale_of({.gdk_scale = "2"}), 2);
  EXPECT_EQ(scale_of({.gdk_dpi_scale = "1.25"}), 1.25);
  EXPECT_EQ(scale_of({.qt_scale = "1.5", .resources = "Xft.dpi: 120"}), 1.5);
}

TEST(DesktopScale, IsOneWhereNothingThatCanBeMeantIsSaid) {
  EXPECT_EQ(scale_of({}), 1);
  EXPECT_EQ(scale_of({.gdk_scale = "-3", .resources = "Xft.dpi: nan\n"}), 1);
  EXPECT_EQ(scale_of({.gdk_scale = "0", .qt_scale = "large", .resources = "Xft.dpi:\n"}), 1);
  EXPECT_EQ(scale_of({.resources = "Xft.dpi: 72"}), 1);
  EXPECT_EQ(scale_of({.gdk_scale = "8"}), 2);
}

}  // namespace
}  // namespace meanwhile
