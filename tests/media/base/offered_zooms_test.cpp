// Zooms that are offered around what was clicked.
#include "media/base/offered_zooms.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/media_time.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

constexpr MediaTime kLength = seconds(60);

bool sees(const ScreenZoom& zoom, double x, double y) {
  const double half = 0.5 / zoom.scale;
  return std::abs(x - zoom.x) < half && std::abs(y - zoom.y) < half;
}

TEST(OfferedZooms, ClicksThatLieNearEachOtherAreOneThatHoldsThemAll) {
  const auto zooms =
      offered_zooms({{seconds(10), 0.3, 0.3}, {seconds(12), 0.5, 0.4}, {seconds(14), 0.4, 0.6}}, {}, kLength);
  ASSERT_EQ(zooms.size(), 1U);
  EXPECT_LT(zooms[0].range.from, seconds(10)) << "the eye is there before the hand";
  EXPECT_GT(zooms[0].range.to, seconds(14));
  EXPECT_TRUE(sees(zooms[0], 0.3, 0.3) && sees(zooms[0], 0.5, 0.4) && sees(zooms[0], 0.4, 0.6));
}

TEST(OfferedZooms, NothingBesideTheScreenIsShown) {
  const auto zooms = offered_zooms({{seconds(10), 0.0, 1.0}}, {}, kLength);
  ASSERT_EQ(zooms.size(), 1U);
  EXPECT_GE(zooms[0].x - 0.5 / zooms[0].scale, 0);
  EXPECT_LE(zooms[0].y + 0.5 / zooms[0].scale, 1);
}

TEST(OfferedZooms, FarOrLateClicksAreOthersAndNoneMeets) {
  const auto zooms = offered_zooms(
      {{seconds(10), 0.1, 0.1}, {seconds(11), 0.9, 0.9}, {seconds(30), 0.9, 0.9}, {seconds(59), 0.5, 0.5}},
      {}, kLength);
  ASSERT_GE(zooms.size(), 3U);
  Arrangement arrangement;
  arrangement.zooms = zooms;
  EXPECT_TRUE(check_arrangement(arrangement, kLength));
  EXPECT_LE(zooms.back().range.to, kLength);
}

TEST(OfferedZooms, WhereOneIsAlreadyNoneIsOffered) {
  const auto zooms =
      offered_zooms({{seconds(10), 0.5, 0.5}}, {{.range = {seconds(8), seconds(11)}}}, kLength);
  EXPECT_TRUE(zooms.empty());
}

TEST(OfferedZooms, ClicksBesideTheScreenAreNone) {
  EXPECT_TRUE(offered_zooms({{seconds(10), -0.2, 0.5}, {seconds(20), 0.5, 1.3}}, {}, kLength).empty());
}

}  // namespace
}  // namespace meanwhile
