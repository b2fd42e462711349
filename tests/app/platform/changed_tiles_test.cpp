// Which parts of a picture are drawn again.
#include "app/platform/changed_tiles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <vector>

namespace meanwhile {
namespace {

struct Drawing {
  SDL_Rect area;
  std::uint64_t number;
};

std::vector<SDL_Rect> changed(ChangedTiles& tiles, const std::vector<Drawing>& drawings, int width = 640,
                              int height = 400) {
  tiles.begin(width, height);
  for (const Drawing& drawing : drawings) tiles.add(drawing.area, drawing.number);
  return tiles.end();
}

bool covers(const std::vector<SDL_Rect>& rectangles, const SDL_Rect& area) {
  for (int y = area.y; y < area.y + area.h; ++y)
    for (int x = area.x; x < area.x + area.w; ++x) {
      const SDL_Point point{x, y};
      const auto has = [&](const SDL_Rect& one) { return SDL_PointInRect(&point, &one) == SDL_TRUE; };
      if (std::ranges::count_if(rectangles, has) != 1) return false;
    }
  return true;
}

const std::vector<Drawing> kScene{{{0, 0, 640, 400}, 1}, {{10, 10, 100, 20}, 2}, {{300, 200, 5, 5}, 3}};

TEST(ChangedTiles, TheFirstPictureIsDrawnWholeAndTheSameNotAgain) {
  ChangedTiles tiles;
  EXPECT_TRUE(covers(changed(tiles, kScene), {0, 0, 640, 400}));
  EXPECT_TRUE(changed(tiles, kScene).empty());
}

TEST(ChangedTiles, WhatChangedComesOrGoesIsDrawnAgain) {
  ChangedTiles tiles;
  changed(tiles, kScene);
  std::vector<Drawing> next = kScene;
  next[1].number = 9;
  const std::vector<SDL_Rect> again = changed(tiles, next);
  EXPECT_TRUE(covers(again, next[1].area));
  EXPECT_FALSE(covers(again, {300, 200, 5, 5}));
  next.pop_back();
  EXPECT_TRUE(covers(changed(tiles, next), {300, 200, 5, 5})) << "it went";
}

TEST(ChangedTiles, AnotherOrderIsAnotherPicture) {
  ChangedTiles tiles;
  changed(tiles, {{{0, 0, 30, 30}, 1}, {{0, 0, 30, 30}, 2}});
  EXPECT_TRUE(covers(changed(tiles, {{{0, 0, 30, 30}, 2}, {{0, 0, 30, 30}, 1}}), {0, 0, 30, 30}));
}

TEST(ChangedTiles, AnotherSizeOrALostPictureIsDrawnWhole) {
  ChangedTiles tiles;
  changed(tiles, kScene);
  EXPECT_TRUE(covers(changed(tiles, kScene, 641, 400), {0, 0, 641, 400}));
  tiles.forget();
  EXPECT_TRUE(covers(changed(tiles, kScene, 641, 400), {0, 0, 641, 400}));
}

TEST(ChangedTiles, ManyChangesAnywhereAreCoveredOnce) {
  std::mt19937 random(7);
  const auto below = [&](int limit) { return int(random() % unsigned(limit)); };
  for (int round = 0; round < 50; ++round) {
    ChangedTiles tiles;
    std::vector<Drawing> scene = kScene;
    for (int i = 0; i < 60; ++i)
      scene.push_back(
          {{below(700) - 30, below(450) - 30, 1 + below(90), 1 + below(90)}, std::uint64_t(i + 10)});
    changed(tiles, scene);
    for (int change = below(12); change >= 0; --change) {
      Drawing& moved = scene[3 + std::size_t(below(60))];
      moved.number += 1000;
    }
    const std::vector<SDL_Rect> again = changed(tiles, scene);
    const SDL_Rect all{0, 0, 640, 400};
    for (const Drawing& drawing : scene) {
      SDL_Rect shown;
      if (drawing.number >= 1000 && SDL_IntersectRect(&drawing.area, &all, &shown) == SDL_TRUE)
        EXPECT_TRUE(covers(again, shown));
    }
  }
}

}  // namespace
}  // namespace meanwhile
