#include "media/capture/avdevice/input_times.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "media/base/clock.h"
#include "media/base/media_time.h"

namespace meanwhile {
namespace {

constexpr auto kNear = std::chrono::seconds(10);
// What an input's clock may run slower than ours, far more than any crystal's drift.
constexpr auto kDriftPerFrame = std::chrono::microseconds(50);
// More than a clock that is slewed into step leaves in a take of hours; less than anybody sets it by.
constexpr auto kWallJump = std::chrono::milliseconds(200);
constexpr auto kTooLate = std::chrono::milliseconds(250);

bool is_near(MediaTime a, MediaTime b) {
  return a < b + kNear && b < a + kNear;
}

}  // namespace

MonotonicTime LiveTimes::instant(std::optional<MediaTime> time, MonotonicTime now, MediaTime wall) {
  one_thread_.check();
  if (!time) return now;
  const bool has_jumped =
      offset_ && (!is_near(*time + *offset_, now.time_since_epoch()) || has_wall_jumped(now, wall));
  if (!offset_ || has_jumped) line_up(*time, now, wall);
  if (is_relative_) {
    const MediaTime arrival = now.time_since_epoch() - *time;
    offset_ = std::min(*offset_ + kDriftPerFrame, arrival);
  }
  return std::min(MonotonicTime(*time + *offset_), now);
}

// Somebody set the clock: what is stamped by it from now on has another offset.
bool LiveTimes::has_wall_jumped(MonotonicTime now, MediaTime wall) const {
  return is_wall_ && std::chrono::abs(now.time_since_epoch() - wall - *offset_) > kWallJump;
}

void LiveTimes::line_up(MediaTime time, MonotonicTime now, MediaTime wall) {
  is_relative_ = is_wall_ = false;
  if (is_near(time, now.time_since_epoch())) {
    offset_ = MediaTime(0);
  } else if (is_near(time, wall)) {
    offset_ = now.time_since_epoch() - wall;
    is_wall_ = true;
  } else {
    offset_ = now.time_since_epoch() - time;
    is_relative_ = true;
  }
}

MonotonicTime PacedTimes::due(std::optional<MediaTime> time, MediaTime duration, int round,
                              MonotonicTime now) {
  one_thread_.check();
  const MediaTime at = position(time, duration, round);
  if (!origin_) origin_ = now - at;
  const auto late = now - (*origin_ + at);
  if (late > kTooLate) *origin_ += late;
  return *origin_ + at;
}

MediaTime PacedTimes::position(std::optional<MediaTime> time, MediaTime duration, int round) {
  const bool is_new_round = !shift_ || round != round_;
  round_ = round;
  if (is_new_round) shift_ = end_ - time.value_or(MediaTime(0));
  MediaTime at = time ? *time + *shift_ : end_;
  if (at <= last_) {  // times that stand still or go back
    at = last_ + std::max(duration, MediaTime(1));
    if (time) shift_ = at - *time;
  }
  last_ = at;
  end_ = at + std::max(duration, MediaTime(1));
  return at;
}

}  // namespace meanwhile
