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
  // Changes within it share a frame. Shorter than the interval, so that of one track at that rate each
  // picture has a frame, at its own time. Of 30 a second no change is further from its frame than 15 ms.
  [[nodiscard]] MediaTime shared() const { return interval_ * 9 / 10; }
  // As far apart are those that stand in the middle of their changes. What would be seen for less before
  // something else begins is left out.
  [[nodiscard]] MediaTime shortest() const { return shared() / 2; }
  // Two frames are never closer: at one time of the file's clock they would be none.
  [[nodiscard]] MediaTime closest() const { return interval_ / 10; }
  [[nodiscard]] Span after(MediaTime last, MediaTime change) const;

 private:
  const MediaTime interval_;
};

// Where the frame stands: in the middle of its first change and its last.
constexpr MediaTime frame_time(MediaTime first_change, MediaTime last_change) {
  return first_change + (last_change - first_change) / 2;
}

}  // namespace meanwhile
