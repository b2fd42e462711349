// Colours as they must come out of a capture: BT.601, limited range.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "media/ffmpeg/owners.h"

namespace meanwhile {

struct Yuv {
  int y = 0;
  int u = 0;
  int v = 0;
};

// rgb: 0xRRGGBB.
inline Yuv yuv_of(std::uint32_t rgb) {
  const double r = (rgb >> 16) & 0xff;
  const double g = (rgb >> 8) & 0xff;
  const double b = rgb & 0xff;
  return {static_cast<int>(std::lround(16 + 0.257 * r + 0.504 * g + 0.098 * b)),
          static_cast<int>(std::lround(128 - 0.148 * r - 0.291 * g + 0.439 * b)),
          static_cast<int>(std::lround(128 + 0.439 * r - 0.368 * g - 0.071 * b))};
}

inline Yuv pixel(const AVFrame& frame, int x, int y) {
  return {frame.data[0][y * frame.linesize[0] + x], frame.data[1][y / 2 * frame.linesize[1] + x / 2],
          frame.data[2][y / 2 * frame.linesize[2] + x / 2]};
}

inline bool has_colour(const AVFrame& frame, int x, int y, std::uint32_t rgb) {
  constexpr int kTolerance = 3;  // of 255, for rounding on the way to YUV
  const Yuv is = pixel(frame, x, y);
  const Yuv wanted = yuv_of(rgb);
  return std::abs(is.y - wanted.y) <= kTolerance && std::abs(is.u - wanted.u) <= kTolerance &&
         std::abs(is.v - wanted.v) <= kTolerance;
}

}  // namespace meanwhile
