// Plays a part of what was just recorded.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "app/fetching/clip_store.h"
#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/thread_checker.h"
#include "media/play/audio_output.h"
#include "media/play/player.h"

namespace meanwhile {

// The window's thread only.
class Replay {
 public:
  // From `from` (or the beginning) up to `end`. wake: any thread, when there is something new.
  Replay(const OpenedClip& take, MediaTime from, MediaTime end, std::unique_ptr<AudioOutput> output,
         const Clock& clock, std::function<void()> wake);

  // Starts playing once the first picture is there. true: the end was reached, or it can't be played.
  bool is_over();
  PicturePtr picture(PictureTrack track) { return player_->picture(track); }
  MediaTime position() const { return player_->status().position; }
  std::optional<MonotonicTime> next_change() const { return player_->next_change(); }

 private:
  const MediaTime end_;
  std::unique_ptr<Player> player_;
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
