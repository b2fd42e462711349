// Frames for one size of picture, whose memory is used again once nobody holds it.
#pragma once

#include <memory>

#include "media/ffmpeg/owners.h"

namespace meanwhile {

// All of a YUV420P picture, in the limited range.
void blacken(AVFrame& picture);

// Any thread. Frames may outlive the pool.
class PicturePool {
 public:
  // Both even.
  PicturePool(int width, int height);
  // YUV420P, not initialised, rows aligned for SIMD; color_range MPEG and colorspace SMPTE170M (BT.601) until
  // the caller sets others.
  FramePtr take();

  int width() const { return width_; }
  int height() const { return height_; }

 private:
  struct Release {
    void operator()(AVBufferPool* pool) const { av_buffer_pool_uninit(&pool); }
  };
  const int width_;
  const int height_;
  const int luma_stride_;
  const int chroma_stride_;
  const std::unique_ptr<AVBufferPool, Release> pool_;
};

}  // namespace meanwhile
