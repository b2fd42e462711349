// Arithmetic on what has changed on a screen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "media/base/layout.h"

namespace meanwhile {

// The part of `area` inside `frame`, in coordinates relative to frame's corner, grown to even edges (YUV
// 4:2:0 has one chroma sample for 2 x 2 pixels). frame's width and height must be even. nullopt: nothing of
// it is inside.
std::optional<Rect> clip_to_even(Rect area, Rect frame);

// Few rectangles that cover the same pixels, and some more where one larger request is cheaper than two small
// ones. At most kMostRectangles.
inline constexpr std::size_t kMostRectangles = 8;
std::vector<Rect> merge_rectangles(const std::vector<Rect>& areas);

std::int64_t total_area(const std::vector<Rect>& areas);

}  // namespace meanwhile
