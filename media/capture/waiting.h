// Waiting for an instant of a clock, or for the end.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

#include "media/base/clock.h"

namespace meanwhile {

// One thread's alarm clock.
class Alarm {
 public:
  // Blocks until `when` by `clock`. false: a stop was requested.
  bool wait_until(MonotonicTime when, const Clock& clock, const std::stop_token& stop);

 private:
  std::mutex mutex_;
  std::condition_variable_any condition_;
};

// When the tick after the one at `tick` is due, if that was answered at `now`: whole intervals later, however
// late it was; ticks that were missed meanwhile are left out.
MonotonicTime tick_after(MonotonicTime tick, MonotonicTime now, std::chrono::microseconds interval);

// An absolute schedule: tick_after().
class Ticker {
 public:
  Ticker(const Clock& clock, std::chrono::microseconds interval)
      : clock_(clock), interval_(interval), next_(clock.now()) {}
  // The first call returns at once. false: a stop was requested.
  bool wait(const std::stop_token& stop);

 private:
  const Clock& clock_;
  const std::chrono::microseconds interval_;
  MonotonicTime next_;
  Alarm alarm_;
};

}  // namespace meanwhile
