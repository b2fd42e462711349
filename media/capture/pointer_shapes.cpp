#include "media/capture/pointer_shapes.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "media/capture/sinks.h"

namespace meanwhile {
namespace {

// A program that draws a new pointer for every moment (a drag with a preview) must not fill the take with
// shapes.
constexpr std::size_t kMostShapes = 512;

std::uint8_t straight(std::uint32_t premultiplied, std::uint32_t alpha) {
  if (alpha == 0) return 0;
  return static_cast<std::uint8_t>(std::min((premultiplied * 255 + alpha / 2) / alpha, 255U));
}

// What tells shapes apart.
std::vector<std::uint8_t> key_of(const PointerShape& shape) {
  std::vector<std::uint8_t> key = shape.rgba;
  for (const int number : {shape.width, shape.hot_x, shape.hot_y}) {
    key.push_back(static_cast<std::uint8_t>(number & 0xff));
    key.push_back(static_cast<std::uint8_t>(number >> 8));
  }
  return key;
}

}  // namespace

std::vector<std::uint8_t> straight_rgba(const std::uint32_t* argb, std::size_t count) {
  std::vector<std::uint8_t> rgba;
  rgba.reserve(count * 4);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t alpha = argb[i] >> 24;
    for (const int shift : {16, 8, 0}) rgba.push_back(straight((argb[i] >> shift) & 0xff, alpha));
    rgba.push_back(static_cast<std::uint8_t>(alpha));
  }
  return rgba;
}

std::optional<int> PointerShapes::index_of(PointerShape shape, PointerSink& sink) {
  auto key = key_of(shape);
  if (const auto known = indices_.find(key); known != indices_.end()) return known->second;
  if (indices_.size() >= kMostShapes) return std::nullopt;
  const int index = static_cast<int>(indices_.size());
  shape.index = index;
  indices_.emplace(std::move(key), index);
  sink.on_shape(std::move(shape));
  return index;
}

}  // namespace meanwhile
