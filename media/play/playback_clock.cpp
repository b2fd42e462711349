#include "media/play/playback_clock.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <mutex>
#include <optional>

#include "media/base/clock.h"
#include "media/base/media_time.h"

namespace meanwhile {

void PlaybackClock::hold(MediaTime position) {
  const std::lock_guard lock(mutex_);
  is_running_ = false;
  floor_ = position;
}

void PlaybackClock::run(MonotonicTime time, MediaTime media, double speed, MediaTime limit) {
  const std::lock_guard lock(mutex_);
  floor_ = at_locked(time);
  is_running_ = true;
  time_ = time;
  media_ = media;
  speed_ = speed;
  limit_ = limit;
}

MediaTime PlaybackClock::at(MonotonicTime now) const {
  const std::lock_guard lock(mutex_);
  return at_locked(now);
}

MediaTime PlaybackClock::at_locked(MonotonicTime now) const {
  if (!is_running_) return floor_;
  const auto passed = static_cast<double>((now - time_).count()) * speed_;
  return std::max(floor_, std::min(limit_, media_ + MediaTime(std::llround(passed))));
}

std::optional<MonotonicTime> PlaybackClock::when(MediaTime media) const {
  const std::lock_guard lock(mutex_);
  if (!is_running_) return std::nullopt;
  // Rounded up: woken a microsecond early, a window would find nothing new and ask again.
  const double passed = std::ceil(static_cast<double>((media - media_).count()) / speed_);
  return time_ + std::chrono::microseconds(static_cast<std::int64_t>(passed));
}

}  // namespace meanwhile
