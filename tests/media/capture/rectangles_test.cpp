#include "media/capture/rectangles.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

bool covers(const std::vector<Rect>& areas, int x, int y) {
  for (const Rect& r : areas) {
    if (x >= r.x && x < r.x + r.width && y >= r.y && y < r.y + r.height) return true;
  }
  return false;
}

TEST(Rectangles, ClippedAreaIsRelativeToTheFrameAndGrowsToEvenEdges) {
  const auto inside = clip_to_even({103, 51, 5, 5}, {100, 50, 200, 100});

  ASSERT_TRUE(inside);
  EXPECT_EQ(inside->x, 2);
  EXPECT_EQ(inside->y, 0);
  EXPECT_EQ(inside->width, 6);
  EXPECT_EQ(inside->height, 6);
}

TEST(Rectangles, ClippedAreaNeverLeavesTheFrame) {
  const auto inside = clip_to_even({-10, -10, 1000, 1000}, {0, 0, 64, 32});

  ASSERT_TRUE(inside);
  EXPECT_EQ(inside->width, 64);
  EXPECT_EQ(inside->height, 32);
}

TEST(Rectangles, WhatIsOutsideOfTheFrameIsNothing) {
  EXPECT_FALSE(clip_to_even({64, 0, 10, 10}, {0, 0, 64, 32}));
  EXPECT_FALSE(clip_to_even({0, 0, 10, 10}, {100, 100, 64, 32}));
}

TEST(Rectangles, NeighboursAreMergedAndDistantOnesKeptApart) {
  const auto merged = merge_rectangles({{0, 0, 20, 20}, {22, 0, 20, 20}, {1800, 1000, 20, 20}});

  EXPECT_EQ(merged.size(), 2U);
  EXPECT_TRUE(covers(merged, 30, 10));
  EXPECT_TRUE(covers(merged, 1810, 1010));
}

TEST(Rectangles, ManyScatteredOnesBecomeFewThatCoverAllOfThem) {
  std::vector<Rect> scattered;
  for (int i = 0; i < 300; ++i) scattered.push_back({(i * 617) % 1900, (i * 271) % 1060, 16, 16});

  const auto merged = merge_rectangles(scattered);

  EXPECT_LE(merged.size(), kMostRectangles);
  for (const Rect& r : scattered) EXPECT_TRUE(covers(merged, r.x + 15, r.y + 15));
}

}  // namespace
}  // namespace meanwhile
