#include "app/window/strip_place.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

constexpr Size kStrip{560, 72};
constexpr Rect kLeft{0, 0, 1920, 1080};
constexpr Rect kRight{1920, 0, 1280, 1024};

bool is_within(const Rect& inner, const Rect& outer) {
  return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width &&
         inner.y + inner.height <= outer.y + outer.height;
}

TEST(StripPlace, IsOnTheDisplayThatIsNotRecorded) {
  const auto first = strip_place({kLeft, kRight}, kLeft, kStrip);
  ASSERT_TRUE(first);
  EXPECT_TRUE(is_within(*first, kRight));
  const auto second = strip_place({kLeft, kRight}, kRight, kStrip);
  ASSERT_TRUE(second);
  EXPECT_TRUE(is_within(*second, kLeft));
}

TEST(StripPlace, ASingleRecordedDisplayHasNone) {
  EXPECT_FALSE(strip_place({kLeft}, kLeft, kStrip));
}

TEST(StripPlace, IsBesideAnAreaThatIsOnlyAPart) {
  const auto above = strip_place({kLeft}, {0, 400, 1920, 680}, kStrip);
  ASSERT_TRUE(above);
  EXPECT_LT(above->y + above->height, 400);
  const auto right = strip_place({kLeft}, {0, 0, 1200, 1080}, kStrip);
  ASSERT_TRUE(right);
  EXPECT_GE(right->x, 1200);
}

TEST(StripPlace, NeedsADisplayThatHoldsIt) {
  EXPECT_FALSE(strip_place({kLeft, {1920, 0, 400, 300}}, kLeft, kStrip));
  EXPECT_FALSE(strip_place({}, kLeft, kStrip));
}

}  // namespace
}  // namespace meanwhile
