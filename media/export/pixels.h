// Planar YUV 4:2:0 in memory, and what exports do with rectangles of it. All rectangles begin at even
// numbers.
#pragma once

#include <array>
#include <cstdint>

#include "media/base/layout.h"
#include "media/base/picture.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// Somebody else's pixels.
struct PixelView {
  std::array<const std::uint8_t*, 3> planes{};
  std::array<int, 3> strides{};
  Size size;
};

PixelView view_of(const Picture& picture);
PixelView view_of(const AVFrame& frame);
PixelView part_of(const PixelView& view, const Rect& part);

// YUV420P, its memory aligned and its own.
FramePtr make_picture_frame(Size size);

// Into `frame` at x, y, where all of it has room.
void put(AVFrame& frame, int x, int y, const PixelView& pixels);
// below * (1 - alpha) + above * alpha: alpha: a byte a pixel; all of one size.
void put_blended(AVFrame& frame, int x, int y, const PixelView& above, const PixelView& below,
                 const AVFrame& alpha);

// The smallest even rectangle around all that differs between two of one size.
Rect difference(const PixelView& a, const PixelView& b);

Rect united(const Rect& a, const Rect& b);
Rect intersected(const Rect& a, const Rect& b);
// The smallest even one around it within a picture of that size, whose last column and row may be odd.
Rect even_around(const Rect& rect, Size within);
constexpr bool is_empty(const Rect& rect) {
  return rect.width <= 0 || rect.height <= 0;
}
constexpr bool is_same(const Rect& a, const Rect& b) {
  return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

}  // namespace meanwhile
