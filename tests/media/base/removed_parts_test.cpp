#include "media/base/removed_parts.h"

#include <gtest/gtest.h>

#include <chrono>
#include <vector>

#include "media/base/arrangement.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;
using Ranges = std::vector<TimeRange>;

TEST(RemovedParts, AreWhatNoPartShowsInWhateverOrder) {
  const Arrangement arrangement{.parts = {{seconds(20), seconds(30)}, {seconds(5), seconds(10)}}};
  const RemovedParts removed = removed_parts(arrangement, seconds(40));
  EXPECT_EQ(removed.blank,
            (Ranges{{seconds(0), seconds(5)}, {seconds(10), seconds(20)}, {seconds(30), seconds(40)}}));
  EXPECT_TRUE(removed.is_blank(seconds(5) - MediaTime(1)));
  EXPECT_FALSE(removed.is_blank(seconds(5)));
}

TEST(RemovedParts, WithoutPartsNothingIsCut) {
  EXPECT_TRUE(removed_parts({}, seconds(40)).is_nothing());
  EXPECT_TRUE(removed_parts({.parts = {{seconds(0), seconds(40)}}}, seconds(40)).is_nothing());
}

TEST(RemovedParts, WhatIsJoinedBehindTheEndStays) {
  const Arrangement arrangement{.parts = {{seconds(50), seconds(60)}, {seconds(0), seconds(40)}},
                                .covered = {{.range = {seconds(51), seconds(52)}}}};
  EXPECT_TRUE(removed_parts(arrangement, seconds(40)).is_nothing());
  EXPECT_EQ(removed_parts({.parts = {{seconds(50), seconds(60)}}}, seconds(40)).blank,
            (Ranges{{seconds(0), seconds(40)}}));
}

}  // namespace
}  // namespace meanwhile
