#include "media/capture/picture_pool.h"

#include <cstddef>
#include <cstring>
#include <new>

#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

constexpr int kAlignment = 64;      // AVX-512's
constexpr std::size_t kSlack = 64;  // SIMD code may read past the last row

int aligned(int bytes) {
  return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

}  // namespace

void blacken(AVFrame& picture) {
  constexpr int kBlackLuma = 16;
  constexpr int kNoChroma = 128;
  for (int plane = 0; plane < 3; ++plane) {
    const int rows = plane == 0 ? picture.height : picture.height / 2;
    std::memset(picture.data[plane], plane == 0 ? kBlackLuma : kNoChroma,
                static_cast<std::size_t>(picture.linesize[plane]) * static_cast<std::size_t>(rows));
  }
}

PicturePool::PicturePool(int width, int height)
    : width_(width),
      height_(height),
      luma_stride_(aligned(width)),
      chroma_stride_(aligned(width / 2)),
      pool_(av_buffer_pool_init(static_cast<std::size_t>(luma_stride_ + chroma_stride_) * height + kSlack,
                                nullptr)) {
  if (!pool_) throw std::bad_alloc();
}

FramePtr PicturePool::take() {
  FramePtr frame = make_frame();
  frame->buf[0] = av_buffer_pool_get(pool_.get());
  if (!frame->buf[0]) throw std::bad_alloc();
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = width_;
  frame->height = height_;
  frame->color_range = AVCOL_RANGE_MPEG;
  frame->colorspace = AVCOL_SPC_SMPTE170M;
  frame->linesize[0] = luma_stride_;
  frame->linesize[1] = frame->linesize[2] = chroma_stride_;
  frame->data[0] = frame->buf[0]->data;
  frame->data[1] = frame->data[0] + static_cast<std::ptrdiff_t>(luma_stride_) * height_;
  frame->data[2] = frame->data[1] + static_cast<std::ptrdiff_t>(chroma_stride_) * (height_ / 2);
  return frame;
}

}  // namespace meanwhile
