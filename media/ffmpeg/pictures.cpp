#include "media/ffmpeg/pictures.h"

extern "C" {
#include <libavutil/pixfmt.h>
}

#include <cstddef>
#include <memory>
#include <utility>

#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

constexpr int kHighDefinitionLines = 720;

}  // namespace

bool is_bt709(const AVFrame& frame) {
  if (frame.colorspace == AVCOL_SPC_UNSPECIFIED) return frame.height >= kHighDefinitionLines;
  return frame.colorspace == AVCOL_SPC_BT709;
}

PicturePtr to_picture(FramePtr frame, MediaTime at) {
  if (!frame || (frame->format != AV_PIX_FMT_YUV420P && frame->format != AV_PIX_FMT_YUVJ420P)) return nullptr;
  auto picture = std::make_shared<Picture>();
  picture->width = frame->width;
  picture->height = frame->height;
  for (std::size_t plane = 0; plane < picture->planes.size(); ++plane) {
    picture->planes[plane] = frame->data[plane];
    picture->strides[plane] = frame->linesize[plane];
  }
  picture->full_range = frame->color_range == AVCOL_RANGE_JPEG || frame->format == AV_PIX_FMT_YUVJ420P;
  picture->bt709 = is_bt709(*frame);
  picture->at = at;
  picture->owner = std::shared_ptr<AVFrame>(std::move(frame));
  return picture;
}

}  // namespace meanwhile
