// Any decoded picture as FrameSink wants it.
#pragma once

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/base/thread_checker.h"
#include "media/capture/picture_pool.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// What pictures of this size become: even, and not larger than 3840 x 2160 (in their own shape).
Size converted_size(Size source);

// One thread. Colours stay what they are: range and matrix are passed on where the pixels are, limited BT.601
// is what RGB becomes.
class PictureConverter {
 public:
  explicit PictureConverter(Size target) : pool_(target.width, target.height) {}

  // YUV420P of the target's size. May share source's data, unless they belong to a device. Errors:
  // Unsupported (pixels that can't be converted).
  Result<FramePtr> convert(const AVFrame& source, bool belongs_to_device);

 private:
  bool copy_quickly(const AVFrame& source, AVFrame& into) const;
  Result<void> scale(const AVFrame& source, AVFrame& into);
  bool has_target_size(const AVFrame& source) const;

  PicturePool pool_;
  ScalerPtr scaler_;
  Size scaler_size_;
  int scaler_format_ = -1;
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
