// The Watch page: state.watch.clip. What people say there is AnswerActions. See actions.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "app/ui/actions/play_actions.h"
#include "app/ui/play_tools.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"

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
  // Numbers of PlayTools::caption_languages; second: nullopt: none is shown beside.
  virtual void choose_caption_languages(std::size_t first, std::optional<std::size_t> second) = 0;
  // By the author: what the caption says from now on, "": it goes. By others: what they suggest for it.
  virtual void correct_caption(std::size_t cue, const std::string& text) = 0;
  // One that doesn't hold any more is passed over. Dismissed: not shown to this person again.
  virtual void use_suggestion(const std::string& key) = 0;
  virtual void dismiss_suggestion(const std::string& key) = 0;
  virtual void take_back_suggestion(const std::string& key) = 0;
  virtual void share_watching_here(bool shared) = 0;  // in this clip's channel
  // Of an update that was corrected: from that moment on; nullopt: from where this person stopped.
  virtual void show_version(int version, std::optional<MediaTime> at) = 0;
};

}  // namespace meanwhile
