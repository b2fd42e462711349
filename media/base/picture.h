// A decoded or captured picture, as the window shows it: no libav type in it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "media/base/media_time.h"

namespace meanwhile {

// Planar YUV 4:2:0, 8 bits: planes Y, U, V; U and V have half the width and height, rounded up.
// Never changed once it is shared: any thread may read it.
struct Picture {
  int width = 0;
  int height = 0;
  std::array<const std::uint8_t*, 3> planes{};
  std::array<int, 3> strides{};
  bool full_range = false;
  bool bt709 = false;
  MediaTime at{};
  // Keeps the planes alive.
  std::shared_ptr<const void> owner;
};

using PicturePtr = std::shared_ptr<const Picture>;

}  // namespace meanwhile
