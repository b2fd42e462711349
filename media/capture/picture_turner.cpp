#include "media/capture/picture_turner.h"

extern "C" {
#include <libavutil/frame.h>
}

#include <libyuv.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>

#include "media/base/layout.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

constexpr int kCoefficients = 9;

int sign_of(std::int32_t value) {
  return (value > 0) - (value < 0);
}

FramePtr empty_like(const AVFrame& picture, Size size) {
  FramePtr empty = make_frame();
  if (av_frame_copy_props(empty.get(), &picture) < 0) throw std::bad_alloc();
  empty->format = picture.format;
  empty->width = size.width;
  empty->height = size.height;
  if (av_frame_get_buffer(empty.get(), 0) < 0) throw std::bad_alloc();
  return empty;
}

FramePtr mirrored(const AVFrame& picture) {
  FramePtr result = empty_like(picture, {picture.width, picture.height});
  libyuv::I420Mirror(picture.data[0], picture.linesize[0], picture.data[1], picture.linesize[1],
                     picture.data[2], picture.linesize[2], result->data[0], result->linesize[0],
                     result->data[1], result->linesize[1], result->data[2], result->linesize[2],
                     picture.width, picture.height);
  return result;
}

}  // namespace

// A point (x, y) is shown at (a x + c y, b x + d y), y downwards. Source: ISO/IEC 14496-12 s. 6.2.2.
Turn turn_of(std::span<const std::uint8_t> matrix) {
  std::array<std::int32_t, kCoefficients> values{};
  if (matrix.size() < sizeof values) return {};
  std::memcpy(values.data(), matrix.data(), sizeof values);
  const int a = sign_of(values[0]);
  const int b = sign_of(values[1]);
  const int c = sign_of(values[3]);
  const int d = sign_of(values[4]);
  if (a * b != 0 || c * d != 0 || a * d - b * c == 0) return {};
  const bool is_mirrored = a * d - b * c < 0;
  // Where the x axis goes to, once a mirror is taken off it.
  const int x = is_mirrored ? -a : a;
  const int y = is_mirrored ? -b : b;
  if (x != 0) return {x > 0 ? 0 : 180, is_mirrored};
  return {y > 0 ? 90 : 270, is_mirrored};
}

Size turned_size(Size size, const Turn& turn) {
  return turn.degrees % 180 == 0 ? size : Size{size.height, size.width};
}

FramePtr turned(FramePtr picture, const Turn& turn) {
  if (turn.is_mirrored) picture = mirrored(*picture);
  if (turn.degrees == 0) return picture;
  FramePtr result = empty_like(*picture, turned_size({picture->width, picture->height}, turn));
  libyuv::I420Rotate(picture->data[0], picture->linesize[0], picture->data[1], picture->linesize[1],
                     picture->data[2], picture->linesize[2], result->data[0], result->linesize[0],
                     result->data[1], result->linesize[1], result->data[2], result->linesize[2],
                     picture->width, picture->height, static_cast<libyuv::RotationMode>(turn.degrees));
  return result;
}

}  // namespace meanwhile
