#include "media/export/pixels.h"

#include <libyuv.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

#include "media/base/layout.h"
#include "media/base/picture.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

std::uint8_t* place(AVFrame& frame, int plane, int x, int y) {
  const int shift = plane == 0 ? 0 : 1;
  return frame.data[plane] + static_cast<std::ptrdiff_t>(y >> shift) * frame.linesize[plane] + (x >> shift);
}

struct RowPair {
  const std::uint8_t* a;
  const std::uint8_t* b;
};

RowPair rows_at(const PixelView& a, const PixelView& b, std::size_t plane, int y) {
  return {a.planes[plane] + static_cast<std::ptrdiff_t>(y) * a.strides[plane],
          b.planes[plane] + static_cast<std::ptrdiff_t>(y) * b.strides[plane]};
}

bool is_equal(const RowPair& rows, int from, int to) {
  return from >= to || std::memcmp(rows.a + from, rows.b + from, static_cast<std::size_t>(to - from)) == 0;
}

// Grows left..right, in samples, by what differs in a row outside of it.
void widen(const RowPair& rows, int width, int& left, int& right) {
  if (!is_equal(rows, 0, left))
    left = static_cast<int>(std::mismatch(rows.a, rows.a + left, rows.b).first - rows.a);
  if (is_equal(rows, right, width)) return;
  while (rows.a[width - 1] == rows.b[width - 1]) --width;
  right = width;
}

// In samples of the plane.
Rect plane_difference(const PixelView& a, const PixelView& b, std::size_t plane) {
  const int shift = plane == 0 ? 0 : 1;
  const int width = (a.size.width + shift) >> shift;
  const int height = (a.size.height + shift) >> shift;
  int top = 0;
  while (top < height && is_equal(rows_at(a, b, plane, top), 0, width)) ++top;
  if (top == height) return {};
  int bottom = height;
  while (is_equal(rows_at(a, b, plane, bottom - 1), 0, width)) --bottom;
  int left = width;
  int right = 0;
  for (int y = top; y < bottom && (left > 0 || right < width); ++y)
    widen(rows_at(a, b, plane, y), width, left, right);
  return {left, top, right - left, bottom - top};
}

}  // namespace

PixelView view_of(const Picture& picture) {
  return {picture.planes, picture.strides, {picture.width, picture.height}};
}

PixelView view_of(const AVFrame& frame) {
  return {{frame.data[0], frame.data[1], frame.data[2]},
          {frame.linesize[0], frame.linesize[1], frame.linesize[2]},
          {frame.width, frame.height}};
}

PixelView part_of(const PixelView& view, const Rect& part) {
  PixelView smaller{view.planes, view.strides, {part.width, part.height}};
  for (std::size_t plane = 0; plane < smaller.planes.size(); ++plane) {
    const int shift = plane == 0 ? 0 : 1;
    smaller.planes[plane] +=
        static_cast<std::ptrdiff_t>(part.y >> shift) * view.strides[plane] + (part.x >> shift);
  }
  return smaller;
}

FramePtr make_picture_frame(Size size) {
  FramePtr frame = make_frame();
  frame->width = size.width;
  frame->height = size.height;
  frame->format = AV_PIX_FMT_YUV420P;
  if (av_frame_get_buffer(frame.get(), 0) < 0) throw std::bad_alloc();
  return frame;
}

void put(AVFrame& frame, int x, int y, const PixelView& pixels) {
  libyuv::I420Copy(pixels.planes[0], pixels.strides[0], pixels.planes[1], pixels.strides[1], pixels.planes[2],
                   pixels.strides[2], place(frame, 0, x, y), frame.linesize[0], place(frame, 1, x, y),
                   frame.linesize[1], place(frame, 2, x, y), frame.linesize[2], pixels.size.width,
                   pixels.size.height);
}

void put_blended(AVFrame& frame, int x, int y, const PixelView& above, const PixelView& below,
                 const AVFrame& alpha) {
  libyuv::I420Blend(above.planes[0], above.strides[0], above.planes[1], above.strides[1], above.planes[2],
                    above.strides[2], below.planes[0], below.strides[0], below.planes[1], below.strides[1],
                    below.planes[2], below.strides[2], alpha.data[0], alpha.linesize[0],
                    place(frame, 0, x, y), frame.linesize[0], place(frame, 1, x, y), frame.linesize[1],
                    place(frame, 2, x, y), frame.linesize[2], above.size.width, above.size.height);
}

Rect difference(const PixelView& a, const PixelView& b) {
  Rect all = plane_difference(a, b, 0);
  for (const std::size_t plane : {1U, 2U}) {
    const Rect chroma = plane_difference(a, b, plane);
    all = united(all, {chroma.x * 2, chroma.y * 2, chroma.width * 2, chroma.height * 2});
  }
  return even_around(all, a.size);
}

Rect united(const Rect& a, const Rect& b) {
  if (is_empty(a)) return b;
  if (is_empty(b)) return a;
  const int x = std::min(a.x, b.x);
  const int y = std::min(a.y, b.y);
  return {x, y, std::max(a.x + a.width, b.x + b.width) - x, std::max(a.y + a.height, b.y + b.height) - y};
}

Rect intersected(const Rect& a, const Rect& b) {
  const int x = std::max(a.x, b.x);
  const int y = std::max(a.y, b.y);
  return {x, y, std::min(a.x + a.width, b.x + b.width) - x, std::min(a.y + a.height, b.y + b.height) - y};
}

Rect even_around(const Rect& rect, Size within) {
  const int left = std::clamp(rect.x, 0, within.width) / 2 * 2;
  const int top = std::clamp(rect.y, 0, within.height) / 2 * 2;
  const int right = std::min((std::max(rect.x + rect.width, left) + 1) / 2 * 2, within.width);
  const int bottom = std::min((std::max(rect.y + rect.height, top) + 1) / 2 * 2, within.height);
  return {left, top, right - left, bottom - top};
}

}  // namespace meanwhile
