#include "app/platform/round_mask.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace meanwhile {

RoundMask make_round_mask(int radius, int rim) {
  RoundMask mask{.name = fmt::format("round/{}/{}", radius, rim), .side = 2 * radius, .rgba = {}};
  mask.rgba.assign(std::size_t(mask.side) * std::size_t(mask.side) * 4, 255);
  const auto cover = [](float size, float away) { return std::clamp(size - away + 0.5F, 0.0F, 1.0F); };
  for (int y = 0; y < mask.side; ++y) {
    for (int x = 0; x < mask.side; ++x) {
      const float away = std::hypot(float(x) + 0.5F - float(radius), float(y) + 0.5F - float(radius));
      float within = cover(float(radius), away);
      if (rim > 0 && rim < radius) within -= cover(float(radius - rim), away);
      const std::size_t pixel = std::size_t(y) * std::size_t(mask.side) + std::size_t(x);
      mask.rgba[pixel * 4 + 3] = std::uint8_t(std::lround(within * 255));
    }
  }
  return mask;
}

}  // namespace meanwhile
