#include "media/base/look.h"

#include <gtest/gtest.h>

#include <chrono>

#include "media/base/arrangement.h"
#include "media/base/layout.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

constexpr Size kScreen{1920, 1080};
constexpr Size kCamera{640, 480};
constexpr LookArea kArea{.size = {1280, 720}};

Look at(const Arrangement& arrangement, MediaTime moment, const OwnLayout& own = {}) {
  return look_at(arrangement, moment, own, kArea, kScreen, kCamera);
}

TEST(Look, WithoutAnArrangementIsTheViewersOwn) {
  const Look look = at({}, 5s, {.layout = Layout::Bubble});
  EXPECT_TRUE(look.places.camera_is_round);
  EXPECT_EQ(look.screen_part, PictureShare{});
  EXPECT_EQ(next_look({}, 5s, {}), std::nullopt);
}

TEST(Look, ItsLayoutsHoldFromTheirMomentOnUnlessTheViewerChose) {
  const Arrangement arrangement{.layouts = {{2s, Layout::Screen}, {4s, Layout::Camera}}};
  EXPECT_TRUE(at(arrangement, 1999ms).places.camera);
  EXPECT_FALSE(at(arrangement, 2s).places.camera);
  EXPECT_FALSE(at(arrangement, 4s).places.screen);
  EXPECT_TRUE(at(arrangement, 4s, {.layout = Layout::Screen, .is_chosen = true}).places.screen);
  EXPECT_EQ(next_look(arrangement, 0s, {}), 2s);
  EXPECT_EQ(next_look(arrangement, 2s, {}), 4s);
  EXPECT_EQ(next_look(arrangement, 4s, {}), std::nullopt);
}

TEST(Look, ATransitionLeadsGentlyFromOneToTheOther) {
  const Arrangement arrangement{.layouts = {{2s, Layout::Screen, {}, 600ms}}};
  const int before = at(arrangement, 1s).places.screen->width;
  const int after = at(arrangement, 3s).places.screen->width;
  int last = before;
  for (MediaTime moment = 2s; moment <= 2600ms; moment += 50ms) {
    const int width = at(arrangement, moment).places.screen->width;
    EXPECT_GE(width, last);
    last = width;
  }
  EXPECT_EQ(last, after);
  EXPECT_EQ(next_look(arrangement, 2300ms, {}), 2300ms) << "it moves";
}

TEST(Look, TheBubbleStandsWhereItIsPutAndInside) {
  Arrangement arrangement{.layouts = {{0s, Layout::Bubble, BubblePlace{0.5, 0.5, 0.2}}}};
  const Composition places = at(arrangement, 1s).places;
  EXPECT_EQ(places.camera->height, 144);
  EXPECT_EQ(places.camera->x + 72, 640);
  arrangement.layouts.front().bubble = BubblePlace{1, 1, 0.2};
  const Rect corner = *at(arrangement, 1s).places.camera;
  EXPECT_EQ(corner.x + corner.width, 1280);
  EXPECT_EQ(corner.y + corner.height, 720);
}

TEST(Look, AZoomComesAndGoesAndStaysInsideThePicture) {
  const Arrangement arrangement{.zooms = {{{10s, 14s}, 0, 1, 4}}};
  EXPECT_EQ(at(arrangement, 9s).screen_part, PictureShare{});
  const PictureShare whole = at(arrangement, 12s).screen_part;
  EXPECT_DOUBLE_EQ(whole.width, 0.25);
  EXPECT_DOUBLE_EQ(whole.x, 0);
  EXPECT_DOUBLE_EQ(whole.y, 0.75);
  for (MediaTime moment = 10s; moment < 14s; moment += 50ms) {
    const PictureShare part = at(arrangement, moment).screen_part;
    EXPECT_GE(part.x, 0);
    EXPECT_GE(part.y, 0);
    EXPECT_LE(part.x + part.width, 1.000001);
    EXPECT_LE(part.y + part.height, 1.000001);
  }
  EXPECT_EQ(next_look(arrangement, 10100ms, {}), 10100ms);
  EXPECT_EQ(next_look(arrangement, 11s, {}), 13600ms);
}

TEST(Look, TellsWhatIsCoveredAndWhichCardIsShown) {
  const Arrangement arrangement{.cards = {{{20s, 23s}, "The plan"}},
                                .covered = {{{1s, 2s}, CoverTrack::Screen, CoverKind::Blur, 0, 0, 0.5, 0.5}}};
  EXPECT_TRUE(at(arrangement, 500ms).covered.empty());
  ASSERT_EQ(at(arrangement, 1s).covered.size(), 1U);
  EXPECT_TRUE(at(arrangement, 2s).covered.empty());
  ASSERT_TRUE(at(arrangement, 21s).card);
  EXPECT_EQ(at(arrangement, 21s).card->title, "The plan");
  EXPECT_EQ(next_look(arrangement, 0s, {}), 1s);
}

}  // namespace
}  // namespace meanwhile::test
