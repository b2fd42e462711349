// The Watch page: state.watch.clip. What people say there is AnswerActions. See actions.h.
#pragma once

#include "app/ui/actions/play_actions.h"
#include "app/ui/play_tools.h"
#include "media/base/layout.h"

namespace meanwhile {

class WatchActions : public PlayActions {
 public:
  virtual void set_speed(double speed) = 0;
  virtual void set_volume(double volume) = 0;
  virtual void set_muted(bool muted) = 0;
  virtual void set_layout(Layout layout) = 0;
  virtual void set_clean_sound(bool on) = 0;  // of this update, as long as it is watched
  virtual void set_skip_pauses(bool on) = 0;
  virtual void set_loop(const Loop& loop) = 0;
  virtual void set_caption_look(const CaptionLook& look) = 0;
  virtual void share_watching_here(bool shared) = 0;  // in this clip's channel
};

}  // namespace meanwhile
