// A made-up film: a landscape that the camera pans over, somebody who crosses it, grain, and each picture's
// number.
#pragma once

#include <cstdint>
#include <vector>

#include "media/base/layout.h"
#include "tests/bench/screen_canvas.h"

namespace meanwhile {

// The number: bits, the highest first, as black and white squares in the upper left corner.
constexpr int kNumberBits = 16;
constexpr int kNumberSquare = 32;  // pixels: lossy codecs don't smear it away

class Film {
 public:
  explicit Film(Size size);
  // number: below 2^kNumberBits.
  void draw(const ScreenCanvas& canvas, int number);

 private:
  void draw_row(std::span<std::uint32_t> row, int landscape_x, int landscape_y);

  const Size size_;
  const Size landscape_size_;
  const std::vector<std::uint32_t> landscape_;
  const std::vector<std::uint32_t> grain_;
  std::uint32_t grain_state_ = 1;
};

}  // namespace meanwhile
