#include "media/record/keyframe_policy.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

constexpr std::int64_t kFullHd = std::int64_t{1920} * 1080;

MediaTime picture(int number) {
  return number * MediaTime(33'333);
}

// How many pictures stand on the first keyframe, of so many bytes each.
int distance(std::int64_t bytes, std::int64_t keyframe_bytes = 200'000) {
  KeyframePolicy policy;
  for (int i = 0; i < 1000; ++i) {
    const bool is_keyframe = policy.is_due(picture(i), PictureChange::Changed);
    if (is_keyframe && i > 0) return i;
    policy.note_encoded(kFullHd, is_keyframe ? keyframe_bytes : bytes, is_keyframe);
  }
  return 0;
}

TEST(KeyframePolicy, WhatIsQuickToDecodeHasKeyframesByItsPictures) {
  EXPECT_GE(distance(100), 45);
  EXPECT_LE(distance(100), KeyframePolicy::kMostChanges + 1);
}

TEST(KeyframePolicy, WhatTakesLongToDecodeHasThemEarlier) {
  const int noisy = distance(34'000);
  EXPECT_LT(noisy, 20);
  EXPECT_LE(static_cast<std::int64_t>(noisy - 1) * (34'000 + kFullHd / KeyframePolicy::kPixelsPerByte),
            KeyframePolicy::kMostWork + 34'000 + kFullHd / KeyframePolicy::kPixelsPerByte);
}

TEST(KeyframePolicy, WhereTheyCostLittleTheyComeEarlierStill) {
  EXPECT_LT(distance(34'000, 60'000), distance(34'000, 400'000));
}

TEST(KeyframePolicy, NoTwoAreTooCloseHoweverMuchThereIsToDecode) {
  EXPECT_GE(picture(distance(2'000'000)), KeyframePolicy::kShortestForWork);
}

}  // namespace
}  // namespace meanwhile
