#include "media/capture/screen_picture.h"

#include <libyuv.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include "media/base/layout.h"
#include "media/capture/picture_pool.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

struct Planes {
  std::uint8_t* y;
  std::uint8_t* u;
  std::uint8_t* v;
};

// From an even corner on.
Planes planes_at(const AVFrame& frame, int x, int y) {
  const std::ptrdiff_t luma = static_cast<std::ptrdiff_t>(y) * frame.linesize[0] + x;
  const std::ptrdiff_t chroma = static_cast<std::ptrdiff_t>(y / 2) * frame.linesize[1] + x / 2;
  return {frame.data[0] + luma, frame.data[1] + chroma, frame.data[2] + chroma};
}

void convert(const Rect& area, const ScreenPixels& pixels, int x, int y, AVFrame& into) {
  const Planes to = planes_at(into, x, y);
  // libyuv names formats by words of little-endian machines: its ARGB is blue first in memory.
  const auto to_i420 = pixels.order == PixelOrder::BlueFirst ? libyuv::ARGBToI420 : libyuv::ABGRToI420;
  to_i420(pixels.bytes, pixels.stride, to.y, into.linesize[0], to.u, into.linesize[1], to.v, into.linesize[2],
          area.width, area.height);
}

Size scaled(Size size, double scale) {
  const auto even = [scale](int length) {
    return std::max(static_cast<int>(std::lround(length * scale)) & ~1, 2);
  };
  return {even(size.width), even(size.height)};
}

// A stretch of the source that becomes one of the picture, both even: cut there, scaling parts gives the very
// pixels that scaling the whole does.
struct Stretch {
  int start;
  int length;
};
struct Cut {
  Stretch from;
  Stretch to;
};

Cut cut_around(int start, int length, int from_size, int to_size) {
  const int pieces = std::gcd(from_size, to_size) / 2;
  const int from_piece = from_size / pieces;
  const int to_piece = to_size / pieces;
  const int first = start / from_piece;
  const int count = (start + length + from_piece - 1) / from_piece - first;
  return {{first * from_piece, count * from_piece}, {first * to_piece, count * to_piece}};
}

}  // namespace

Size recorded_size(Size source, int most_width) {
  if (source.width <= most_width) return {source.width & ~1, source.height & ~1};
  return scaled(source, static_cast<double>(most_width & ~1) / source.width);
}

Rect placement_of(Size source, Size target) {
  const double scale = std::min({1.0, static_cast<double>(target.width) / source.width,
                                 static_cast<double>(target.height) / source.height});
  const Size size = scaled(source, scale);
  return {((target.width - size.width) / 2) & ~1, ((target.height - size.height) / 2) & ~1, size.width,
          size.height};
}

ScreenPicture::ScreenPicture(Size size)
    : pool_(size.width, size.height), source_(size), placement_(placement_of(size, size)) {}

void ScreenPicture::set_source(Size source) {
  one_thread_.check();
  if (source.width == source_.width && source.height == source_.height) return;
  source_ = source;
  placement_ = placement_of(source, size());
  last_.reset();
  full_sized_.reset();
  if (is_scaled()) full_sized_ = PicturePool(source.width, source.height).take();
}

FramePtr ScreenPicture::update(const std::vector<Rect>& areas, const std::vector<ScreenPixels>& pixels) {
  one_thread_.check();
  FramePtr frame = next_frame(areas);
  for (std::size_t i = 0; i < areas.size(); ++i) draw(areas[i], pixels[i], *frame);
  last_ = reference(*frame);
  return frame;
}

PicturePoint ScreenPicture::place(int x, int y) const {
  const auto placed = [](int at, int offset, int length, int of) {
    return offset + static_cast<int>(std::floor(static_cast<double>(at) * length / of));
  };
  return {placed(x, placement_.x, placement_.width, source_.width),
          placed(y, placement_.y, placement_.height, source_.height)};
}

bool ScreenPicture::is_scaled() const {
  return placement_.width != source_.width || placement_.height != source_.height;
}

// Whether nothing of the last frame is left.
bool ScreenPicture::is_whole_frame(const std::vector<Rect>& areas) const {
  return areas.size() == 1 && areas[0].width == source_.width && areas[0].height == source_.height &&
         placement_.width == pool_.width() && placement_.height == pool_.height();
}

FramePtr ScreenPicture::next_frame(const std::vector<Rect>& areas) {
  FramePtr frame = pool_.take();
  if (is_whole_frame(areas)) return frame;
  if (!last_) {
    blacken(*frame);
    return frame;
  }
  libyuv::I420Copy(last_->data[0], last_->linesize[0], last_->data[1], last_->linesize[1], last_->data[2],
                   last_->linesize[2], frame->data[0], frame->linesize[0], frame->data[1], frame->linesize[1],
                   frame->data[2], frame->linesize[2], frame->width, frame->height);
  return frame;
}

void ScreenPicture::draw(const Rect& area, const ScreenPixels& pixels, AVFrame& into) {
  if (!is_scaled()) return convert(area, pixels, placement_.x + area.x, placement_.y + area.y, into);
  convert(area, pixels, area.x, area.y, *full_sized_);
  scale(area, into);
}

void ScreenPicture::scale(const Rect& area, AVFrame& into) const {
  const Cut across = cut_around(area.x, area.width, source_.width, placement_.width);
  const Cut down = cut_around(area.y, area.height, source_.height, placement_.height);
  const Planes from = planes_at(*full_sized_, across.from.start, down.from.start);
  const Planes to = planes_at(into, placement_.x + across.to.start, placement_.y + down.to.start);
  libyuv::I420Scale(from.y, full_sized_->linesize[0], from.u, full_sized_->linesize[1], from.v,
                    full_sized_->linesize[2], across.from.length, down.from.length, to.y, into.linesize[0],
                    to.u, into.linesize[1], to.v, into.linesize[2], across.to.length, down.to.length,
                    libyuv::kFilterBox);
}

}  // namespace meanwhile
