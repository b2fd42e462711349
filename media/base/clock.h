// The one monotonic clock that every source stamps its frames and samples with.
#pragma once

#include <chrono>

namespace meanwhile {

// Microseconds of CLOCK_MONOTONIC (what V4L2, PipeWire and libpulse stamp with). Not a MediaTime: a take's
// origin must be taken off first.
using MonotonicTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::microseconds>;

// Any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual MonotonicTime now() const = 0;
};

class SteadyClock final : public Clock {
 public:
  MonotonicTime now() const override {
    return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::steady_clock::now());
  }
};

}  // namespace meanwhile
