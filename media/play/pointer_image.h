// What a pointer looks like.
#pragma once

#include <cstdint>
#include <vector>

namespace meanwhile {

// RGBA, straight alpha.
struct PointerImage {
  int width = 0;
  int height = 0;
  int hot_x = 0;
  int hot_y = 0;
  std::vector<std::uint8_t> rgba;
};

}  // namespace meanwhile
