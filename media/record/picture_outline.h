// What is noted of a track of pictures while it is recorded.
#pragma once

#include "media/base/media_time.h"
#include "media/record/activity.h"
#include "media/record/slide_changes.h"
#include "media/record/thumb_strip.h"

namespace meanwhile {

struct PictureOutline {
  ThumbStrip thumbs;
  Activity activity;
  SlideChanges slides;  // of a screen

  // Forgets what is at or after `end`.
  void cut(MediaTime end) {
    thumbs.cut(end);
    activity.cut(end);
    slides.cut(end);
  }
};

}  // namespace meanwhile
