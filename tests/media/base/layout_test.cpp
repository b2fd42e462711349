#include "media/base/layout.h"

#include <gtest/gtest.h>

#include <cmath>

namespace meanwhile::test {
namespace {

constexpr Size kScreen{1920, 1080};
constexpr Size kCamera{1280, 720};

void expect_inside(const Rect& rect, Size area) {
  EXPECT_GE(rect.x, 0);
  EXPECT_GE(rect.y, 0);
  EXPECT_GT(rect.width, 0);
  EXPECT_GT(rect.height, 0);
  EXPECT_LE(rect.x + rect.width, area.width);
  EXPECT_LE(rect.y + rect.height, area.height);
}

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

double shape(int width, int height) {
  return static_cast<double>(width) / height;
}

TEST(Compose, SideBySideGivesTheScreenTheLargerShare) {
  const auto placed = compose(Layout::SideBySide, {1280, 720}, kScreen, kCamera, 8);
  ASSERT_TRUE(placed.screen && placed.camera);
  EXPECT_GT(placed.screen->width, 900);
  EXPECT_GT(placed.camera->width, 280);
  EXPECT_GT(placed.camera->x, placed.screen->x + placed.screen->width);
}

TEST(Compose, PortraitAreasAreStacked) {
  const auto placed = compose(Layout::SideBySide, {720, 1280}, kScreen, kCamera, 8);
  ASSERT_TRUE(placed.screen && placed.camera);
  EXPECT_EQ(placed.screen->width, 720);
  EXPECT_GT(placed.camera->y, placed.screen->y + placed.screen->height);
}

TEST(Compose, NothingIsCutOffStretchedOrCovered) {
  const Size pictures[] = {kScreen, kCamera, {1080, 1920}, {3440, 1440}, {640, 480}};
  for (int width = 40; width < 2000; width += 130) {
    for (int height = 40; height < 2000; height += 130) {
      for (const Size screen : pictures) {
        for (const Size camera : pictures) {
          const auto placed = compose(Layout::SideBySide, {width, height}, screen, camera, 8);
          ASSERT_TRUE(placed.screen && placed.camera);
          expect_inside(*placed.screen, {width, height});
          expect_inside(*placed.camera, {width, height});
          EXPECT_FALSE(overlap(*placed.screen, *placed.camera));
          if (placed.screen->height > 20) {
            EXPECT_NEAR(
                shape(placed.screen->width, placed.screen->height) / shape(screen.width, screen.height), 1,
                0.06);
          }
        }
      }
    }
  }
}

TEST(Compose, TinyAreasAreFine) {
  for (const Layout layout : {Layout::SideBySide, Layout::Screen, Layout::Camera, Layout::Bubble}) {
    for (int width = 0; width < 6; ++width) {
      for (int height = 0; height < 6; ++height) {
        const auto placed = compose(layout, {width, height}, kScreen, kCamera, 16);
        if (placed.screen) expect_inside(*placed.screen, {width, height});
        if (placed.camera) expect_inside(*placed.camera, {width, height});
        EXPECT_EQ(placed.screen || placed.camera, width > 0 && height > 0);
      }
    }
  }
}

TEST(Compose, MissingPictureLeavesItsPlaceToTheOther) {
  for (const Layout layout : {Layout::SideBySide, Layout::Screen, Layout::Camera, Layout::Bubble}) {
    const auto only_screen = compose(layout, {1280, 720}, kScreen, std::nullopt, 8);
    ASSERT_TRUE(only_screen.screen);
    EXPECT_EQ(only_screen.screen->width, 1280);
    EXPECT_FALSE(only_screen.camera);
    const auto only_camera = compose(layout, {1280, 720}, std::nullopt, kCamera, 8);
    ASSERT_TRUE(only_camera.camera);
    EXPECT_EQ(only_camera.camera->width, 1280);
    EXPECT_FALSE(only_camera.camera_is_round);
  }
  EXPECT_FALSE(compose(Layout::SideBySide, {100, 100}, std::nullopt, Size{0, 5}, 8).camera);
}

TEST(Compose, BubbleIsASquareOnTheScreen) {
  const auto placed = compose(Layout::Bubble, {1280, 720}, kScreen, kCamera, 16);
  ASSERT_TRUE(placed.screen && placed.camera);
  EXPECT_TRUE(placed.camera_is_round);
  EXPECT_EQ(placed.camera->width, placed.camera->height);
  expect_inside(*placed.camera, {1280, 720});
}

TEST(Compose, AChosenShareIsTheCamerasAndTurnsNothingRound) {
  const auto usual = compose(Layout::SideBySide, {1280, 720}, kScreen, kCamera, 8);
  const auto more = compose(Layout::SideBySide, {1280, 720}, kScreen, kCamera, 8, 0.5);
  ASSERT_TRUE(more.screen && more.camera);
  EXPECT_GT(more.camera->width, usual.camera->width);
  EXPECT_LT(more.screen->width, usual.screen->width);
  EXPECT_GE(more.camera->x, more.screen->x + more.screen->width);
  for (const double share : {0.001, 0.1, 0.7, 0.999}) {
    const auto placed = compose(Layout::SideBySide, {1280, 720}, kScreen, kCamera, 8, share);
    ASSERT_TRUE(placed.screen && placed.camera) << share;
    expect_inside(*placed.screen, {1280, 720});
    expect_inside(*placed.camera, {1280, 720});
    EXPECT_GE(placed.camera->x, placed.screen->x + placed.screen->width) << share;
  }
  EXPECT_EQ(compose(Layout::Bubble, {1280, 720}, kScreen, kCamera, 16, 0.5).camera->width,
            compose(Layout::Bubble, {1280, 720}, kScreen, kCamera, 16).camera->width);
}

TEST(Layout, NamesAreReadBack) {
  for (const Layout layout : {Layout::SideBySide, Layout::Screen, Layout::Camera, Layout::Bubble}) {
    EXPECT_EQ(parse_layout(layout_name(layout)), layout);
  }
  EXPECT_FALSE(parse_layout("sideways"));
}

}  // namespace
}  // namespace meanwhile::test
