// A picture with the pointer drawn into it.
#pragma once

#include "media/base/layout.h"
#include "media/base/picture.h"
#include "media/export/scene.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// What is drawn of it in a picture of that size; even.
Rect area_of(const PointerMark& mark, Size picture);

// Keeps its copy of the picture, so that a pointer that moves costs no more than what it covers. Thread: one.
class MarkedPicture {
 public:
  // Valid until the next call.
  const AVFrame& draw(const PicturePtr& picture, const PointerMark& mark);

 private:
  PicturePtr picture_;
  FramePtr copy_;
  Rect marked_;
};

}  // namespace meanwhile
