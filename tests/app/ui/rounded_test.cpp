// Boxes with round corners, to the pixel.
#include "app/ui/rounded.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "tests/offscreen/offscreen.h"

namespace meanwhile {
namespace {

constexpr int kWidth = 60;
constexpr int kHeight = 40;
constexpr ImU32 kWhite = IM_COL32_WHITE;

class Rounded : public testing::Test {
 protected:
  void draw(const std::function<void(ImDrawList&, Painter&)>& what) {
    window_->frame([&](Painter& painter) { what(*ImGui::GetBackgroundDrawList(), painter); });
    pixels_ = window_->pixels();
  }
  // 0 to 255.
  int light(int x, int y) const {
    return int(pixels_[std::size_t(y) * pixels_.size() / kHeight + std::size_t(x)] & 0xFFU);
  }
  bool is_white(int x, int y) const { return light(x, y) == 255; }
  bool is_dark(int x, int y) const { return light(x, y) < 20; }

  std::unique_ptr<Offscreen> window_ = *Offscreen::create(kWidth, kHeight, 1);
  std::vector<std::uint32_t> pixels_;
};

TEST_F(Rounded, AFilledBoxLacksItsCornersOnly) {
  draw([](auto& list, auto& painter) { fill_rounded(list, painter, {10, 10, 50, 30}, kWhite, 8); });
  for (const int x : {10, 30, 49}) EXPECT_TRUE(is_white(x, 20)) << x;
  for (const int y : {10, 20, 29}) EXPECT_TRUE(is_white(30, y)) << y;
  for (const int x : {10, 49})
    for (const int y : {10, 29}) EXPECT_TRUE(is_dark(x, y)) << x << " " << y;
  for (const int x : {9, 50}) EXPECT_TRUE(is_dark(x, 20)) << x;
  EXPECT_TRUE(is_white(13, 13)) << "within the round";
}

TEST_F(Rounded, AnOutlineIsAsWideAsItIsSaidAllAround) {
  draw([](auto& list, auto& painter) { outline_rounded(list, painter, {10, 10, 50, 30}, kWhite, 6, 2); });
  for (const int x : {10, 11, 48, 49}) EXPECT_TRUE(is_white(x, 20)) << x;
  for (const int y : {10, 11, 28, 29}) EXPECT_TRUE(is_white(30, y)) << y;
  for (const int x : {9, 12, 47, 50}) EXPECT_TRUE(is_dark(x, 20)) << x;
  EXPECT_TRUE(is_dark(10, 10));
  EXPECT_GT(light(12, 12) + light(11, 12) + light(12, 11), 255) << "the corner's line";
}

TEST_F(Rounded, ARadiusThatIsTooLargeIsCutDown) {
  draw([](auto& list, auto& painter) { fill_rounded(list, painter, {10, 10, 50, 20}, kWhite, 99); });
  EXPECT_TRUE(is_white(30, 10));
  EXPECT_TRUE(is_dark(10, 10));
  EXPECT_TRUE(is_white(15, 15));
}

TEST_F(Rounded, WhatIsSeenThroughIsNowhereLaidOnTwice) {
  draw([](auto& list, auto& painter) {
    fill_rounded(list, painter, {10, 10, 50, 30}, IM_COL32(255, 255, 255, 128), 8);
  });
  const int once = light(30, 20);
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x) EXPECT_LE(light(x, y), once + 1) << x << " " << y;
}

TEST_F(Rounded, ADiscIsRound) {
  draw([](auto& list, auto& painter) { fill_disc(list, painter, {30, 20}, 8, kWhite); });
  EXPECT_TRUE(is_white(23, 20));
  EXPECT_GT(light(30, 27), 128);
  EXPECT_TRUE(is_dark(23, 13));
  EXPECT_TRUE(is_dark(21, 20));
}

}  // namespace
}  // namespace meanwhile
