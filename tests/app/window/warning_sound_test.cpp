// The sound that something is wrong.
#include "app/window/warning_sound.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace meanwhile {
namespace {

TEST(WarningSound, AreTwoTonesAndThenSilence) {
  std::vector<float> all(2 * 48000);
  fill_warning_sound(all, 0);
  const auto loudest = [&](double from, double to) {
    float most = 0;
    for (auto i = std::size_t(from * 48000) * 2; i < std::size_t(to * 48000) * 2; ++i)
      most = std::max(most, std::abs(all[i]));
    return most;
  };
  EXPECT_GT(loudest(0, 0.12), 0.1F);
  EXPECT_EQ(loudest(0.121, 0.179), 0.0F);
  EXPECT_GT(loudest(0.18, 0.3), 0.1F);
  EXPECT_EQ(loudest(0.31, 1), 0.0F);
  std::vector<float> rest(960);
  fill_warning_sound(rest, 4800);
  EXPECT_TRUE(std::ranges::equal(rest, std::span(all).subspan(9600, 960)));
}

}  // namespace
}  // namespace meanwhile
