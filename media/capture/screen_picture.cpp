#include "media/capture/screen_picture.h"

#include <libyuv.h>

#include <cstddef>

namespace meanwhile {
namespace {

void convert(const Rect& area, const ScreenPixels& pixels, AVFrame& into) {
  const std::ptrdiff_t luma = static_cast<std::ptrdiff_t>(area.y) * into.linesize[0] + area.x;
  const std::ptrdiff_t chroma = static_cast<std::ptrdiff_t>(area.y / 2) * into.linesize[1] + area.x / 2;
  // libyuv names formats by words of little-endian machines: its ARGB is blue first in memory.
  const auto to_i420 = pixels.order == PixelOrder::BlueFirst ? libyuv::ARGBToI420 : libyuv::ABGRToI420;
  to_i420(pixels.bytes, pixels.stride, into.data[0] + luma, into.linesize[0], into.data[1] + chroma,
          into.linesize[1], into.data[2] + chroma, into.linesize[2], area.width, area.height);
}

}  // namespace

FramePtr ScreenPicture::update(const std::vector<Rect>& areas, const std::vector<ScreenPixels>& pixels) {
  FramePtr frame = is_everything(areas) ? pool_.take() : copy_of_last();
  for (std::size_t i = 0; i < areas.size(); ++i) convert(areas[i], pixels[i], *frame);
  last_ = reference(*frame);
  return frame;
}

bool ScreenPicture::is_everything(const std::vector<Rect>& areas) const {
  return areas.size() == 1 && areas[0].width == pool_.width() && areas[0].height == pool_.height();
}

FramePtr ScreenPicture::copy_of_last() {
  FramePtr frame = pool_.take();
  for (int plane = 0; plane < 3; ++plane) {
    const int shift = plane == 0 ? 0 : 1;
    libyuv::CopyPlane(last_->data[plane], last_->linesize[plane], frame->data[plane], frame->linesize[plane],
                      pool_.width() >> shift, pool_.height() >> shift);
  }
  return frame;
}

}  // namespace meanwhile
