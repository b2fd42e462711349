// When an export has a frame: where pictures change, and now and then where nothing does.
#pragma once

#include "media/base/media_time.h"

namespace meanwhile {

class FrameTimes {
 public:
  // About that many frames a second.
  explicit FrameTimes(int frames_per_second) : interval_(from_seconds(1.0 / frames_per_second)) {}

  // What the frame after one at `last` shows: all that changes in [from, until], or a picture that stands
  // still. change: the next one, or the end.
  struct Span {
    MediaTime from;
    MediaTime until;
  };
  [[nodiscard]] MediaTime interval() const { return interval_; }
  [[nodiscard]] Span after(MediaTime last, MediaTime change) const;

 private:
  const MediaTime interval_;
};

// Where the frame stands: in the middle of its first change and its last.
constexpr MediaTime frame_time(MediaTime first_change, MediaTime last_change) {
  return first_change + (last_change - first_change) / 2;
}

}  // namespace meanwhile
