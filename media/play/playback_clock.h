// Which moment of the clip is on now.
#pragma once

#include <mutex>
#include <optional>

#include "media/base/clock.h"
#include "media/base/media_time.h"

namespace meanwhile {

// Stands still, or runs along the monotonic clock from the place that was heard last. Any thread.
class PlaybackClock {
 public:
  // Stands still at position.
  void hold(MediaTime position);

  // From now on: media is heard at time, what follows at speed, and nothing after limit until the next call.
  // A running clock that is set right never goes back: it waits.
  void run(MonotonicTime time, MediaTime media, double speed, MediaTime limit);

  [[nodiscard]] MediaTime at(MonotonicTime now) const;
  // When `media` will be reached, if the sound goes on as it does; may be past. nullopt: it stands still.
  [[nodiscard]] std::optional<MonotonicTime> when(MediaTime media) const;

 private:
  [[nodiscard]] MediaTime at_locked(MonotonicTime now) const;

  mutable std::mutex mutex_;
  bool is_running_ = false;
  MediaTime floor_{};
  MonotonicTime time_{};
  MediaTime media_{};
  double speed_ = 1;
  MediaTime limit_{};
};

}  // namespace meanwhile
