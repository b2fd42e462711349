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

bool Ticker::wait(const std::stop_token& stop) {
  if (!alarm_.wait_until(next_, clock_, stop)) return false;
  const auto late = clock_.now() - next_;
  next_ += interval_ * (1 + std::max<std::int64_t>(late / interval_, 0));
  return true;
}

}  // namespace meanwhile
