#include "media/capture/waiting.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <stop_token>

#include "media/base/clock.h"

namespace meanwhile {

bool Alarm::wait_until(MonotonicTime when, const Clock& clock, const std::stop_token& stop) {
  // The clock may not be the machine's own (a test's isn't), so what is left of it is waited for.
  const auto left = std::max(when - clock.now(), std::chrono::microseconds(0));
  std::unique_lock lock(mutex_);
  condition_.wait_for(lock, stop, left, [&] { return stop.stop_requested(); });
  return !stop.stop_requested();
}

MonotonicTime tick_after(MonotonicTime tick, MonotonicTime now, std::chrono::microseconds interval) {
  const auto missed = std::max<std::int64_t>((now - tick) / interval, 0);
  return tick + interval * (1 + missed);
}

bool Ticker::wait(const std::stop_token& stop) {
  if (!alarm_.wait_until(next_, clock_, stop)) return false;
  next_ = tick_after(next_, clock_.now(), interval_);
  return true;
}

}  // namespace meanwhile
