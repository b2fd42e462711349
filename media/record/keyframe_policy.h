// When a video track gets a keyframe.
#pragma once

#include <optional>

#include "media/base/media_time.h"

namespace meanwhile {

enum class PictureChange { Changed, Repeated };

// Often enough to cut short segments and to seek quickly while the picture moves, rarely while it stands
// still.
class KeyframePolicy {
 public:
  // A little under the promised 2 s: the frame that makes them full may come late.
  static constexpr MediaTime kMoving = std::chrono::milliseconds(1900);
  static constexpr MediaTime kStill = std::chrono::milliseconds(9500);

  // Asked once for each frame, in order. True: it must be a keyframe.
  bool is_due(MediaTime pts, PictureChange change) {
    const bool changed = change == PictureChange::Changed;
    const bool moves = changed && last_change_ && pts - *last_change_ < kMoving;
    if (changed) last_change_ = pts;
    const bool due = !last_keyframe_ || pts - *last_keyframe_ >= (moves ? kMoving : kStill);
    if (due) last_keyframe_ = pts;
    return due;
  }

 private:
  std::optional<MediaTime> last_keyframe_;
  std::optional<MediaTime> last_change_;
};

}  // namespace meanwhile
