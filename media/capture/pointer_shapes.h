// The pictures that a pointer had so far.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "media/capture/sinks.h"

namespace meanwhile {

// A pointer's picture as desktops keep it (0xAARRGGBB, premultiplied) with straight alpha, in the order red,
// green, blue, alpha.
std::vector<std::uint8_t> straight_rgba(const std::uint32_t* argb, std::size_t count);

class PointerShapes {
 public:
  // shape.index is not looked at. The index it has, given to sink if it is a new one; nullopt: there have
  // been too many.
  std::optional<int> index_of(PointerShape shape, PointerSink& sink);
  bool is_empty() const { return indices_.empty(); }

 private:
  std::map<std::vector<std::uint8_t>, int> indices_;  // by pixels and hot spot
};

}  // namespace meanwhile
