#include "media/capture/pipewire/cast_picture.h"

#include <libyuv.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>

namespace meanwhile {
namespace {

bool is_same(Size a, Size b) {
  return a.width == b.width && a.height == b.height;
}

// Of limited range.
void blacken(AVFrame& frame) {
  constexpr int kBlack = 16;
  constexpr int kGrey = 128;
  for (int plane = 0; plane < 3; ++plane) {
    const int rows = plane == 0 ? frame.height : frame.height / 2;
    std::memset(frame.data[plane], plane == 0 ? kBlack : kGrey,
                static_cast<std::size_t>(frame.linesize[plane]) * static_cast<std::size_t>(rows));
  }
}

}  // namespace

Rect fitted_rect(Size source, Size target) {
  const double scale = std::min(static_cast<double>(target.width) / source.width,
                                static_cast<double>(target.height) / source.height);
  const auto even = [scale](int length, int most) {
    return std::clamp(static_cast<int>(std::lround(length * scale)) & ~1, 2, most);
  };
  const int width = even(source.width, target.width);
  const int height = even(source.height, target.height);
  return {((target.width - width) / 2) & ~1, ((target.height - height) / 2) & ~1, width, height};
}

void CastPicture::set_source(Size source) {
  if (is_same(source, source_)) return;
  source_ = source;
  picture_ = std::make_unique<ScreenPicture>(source);
  last_.reset();
}

FramePtr CastPicture::update(const std::vector<Rect>& areas, const std::vector<ScreenPixels>& pixels) {
  FramePtr frame = picture_->update(areas, pixels);
  if (is_as_before(*frame)) return nullptr;
  last_ = reference(*frame);
  return is_same(source_, size_) ? std::move(frame) : fitted(*frame);
}

// Desktops give pictures in which nothing changed: all of it is "damaged" when only the pointer moved. To
// compare costs a twentieth of what it costs to encode it once more.
bool CastPicture::is_as_before(const AVFrame& frame) const {
  if (!last_) return false;
  for (int plane = 0; plane < 3; ++plane) {
    const int shift = plane == 0 ? 0 : 1;
    const auto length = static_cast<std::size_t>(frame.width >> shift);
    for (int y = 0; y < frame.height >> shift; ++y) {
      const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(y) * frame.linesize[plane];
      if (std::memcmp(frame.data[plane] + row, last_->data[plane] + row, length) != 0) return false;
    }
  }
  return true;
}

FramePtr CastPicture::fitted(const AVFrame& frame) {
  if (!fitted_pool_) fitted_pool_ = std::make_unique<PicturePool>(size_.width, size_.height);
  FramePtr into = fitted_pool_->take();
  blacken(*into);
  const Rect place = placement();
  const std::ptrdiff_t luma = static_cast<std::ptrdiff_t>(place.y) * into->linesize[0] + place.x;
  const std::ptrdiff_t chroma = static_cast<std::ptrdiff_t>(place.y / 2) * into->linesize[1] + place.x / 2;
  libyuv::I420Scale(frame.data[0], frame.linesize[0], frame.data[1], frame.linesize[1], frame.data[2],
                    frame.linesize[2], frame.width, frame.height, into->data[0] + luma, into->linesize[0],
                    into->data[1] + chroma, into->linesize[1], into->data[2] + chroma, into->linesize[2],
                    place.width, place.height, libyuv::kFilterBox);
  return into;
}

}  // namespace meanwhile
