// When the frames of an input were in front of the camera.
#pragma once

#include <optional>

#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/base/thread_checker.h"

namespace meanwhile {

// Of a live input: from its own timestamps, whatever they count from. The kernel's (V4L2) and libavdevice's
// wall clock are recognised by being near to now; others are lined up with the quickest arrival. One thread.
class LiveTimes {
 public:
  // time: the frame's own, if it has one; now: when it arrived; wall: the wall clock at that instant, since
  // 1970. Never later than now.
  MonotonicTime instant(std::optional<MediaTime> time, MonotonicTime now, MediaTime wall);

 private:
  bool has_wall_jumped(MonotonicTime now, MediaTime wall) const;
  void line_up(MediaTime time, MonotonicTime now, MediaTime wall);

  std::optional<MediaTime> offset_;  // instant since the clock's epoch = time + offset
  bool is_relative_ = false;
  bool is_wall_ = false;
  [[no_unique_address]] ThreadChecker one_thread_;
};

// Of what isn't live: its own times, played from the first call on. One thread.
class PacedTimes {
 public:
  // When the frame with this time is due. round: how often the input began again; each round follows the one
  // before without a gap. duration: the frame's. What comes later than 250 ms after it was due moves all that
  // follows: a machine that is too slow shows the film slower, and says so in its stamps.
  MonotonicTime due(std::optional<MediaTime> time, MediaTime duration, int round, MonotonicTime now);

 private:
  MediaTime position(std::optional<MediaTime> time, MediaTime duration, int round);

  std::optional<MonotonicTime> origin_;
  std::optional<MediaTime> shift_;  // position = time + shift
  int round_ = 0;
  MediaTime end_{};  // where the last frame ended
  MediaTime last_{-1};
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
