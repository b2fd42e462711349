// Of a page that plays something. See actions.h.
#pragma once

#include "media/base/media_time.h"

namespace meanwhile {

class PlayActions {
 public:
  virtual ~PlayActions() = default;

  virtual void play_pause() = 0;
  virtual void seek(MediaTime moment) = 0;
  virtual void step_frames(int count) = 0;
};

}  // namespace meanwhile
