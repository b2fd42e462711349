// A screen's or a window's picture whose size stays what it was at first, whatever becomes of the screen.
#pragma once

#include <memory>
#include <vector>

#include "media/base/layout.h"
#include "media/capture/picture_pool.h"
#include "media/capture/screen_picture.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// The largest rectangle of source's shape in the middle of target, on even corners.
Rect fitted_rect(Size source, Size target);

// One thread. BT.601, limited range.
class CastPicture {
 public:
  // Both even, as all sizes here.
  explicit CastPicture(Size size)
      : size_(size), source_(size), picture_(std::make_unique<ScreenPicture>(size)) {}

  // From now on pixels are of a picture of this size; the next update() must cover all of it if it is another
  // one than before.
  void set_source(Size source);
  Size source() const { return source_; }
  // As ScreenPicture::update(), in the coordinates of the source; a source of another size comes out scaled,
  // with black beside it. nullptr: what is converted is what was there before.
  FramePtr update(const std::vector<Rect>& areas, const std::vector<ScreenPixels>& pixels);
  // Where the source is in the picture that comes out.
  Rect placement() const { return fitted_rect(source_, size_); }
  Size size() const { return size_; }

 private:
  bool is_as_before(const AVFrame& frame) const;
  FramePtr fitted(const AVFrame& frame);

  const Size size_;
  Size source_;
  std::unique_ptr<ScreenPicture> picture_;
  FramePtr last_;                             // of picture_
  std::unique_ptr<PicturePool> fitted_pool_;  // only once there was another size
};

}  // namespace meanwhile
