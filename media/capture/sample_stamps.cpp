#include "media/capture/sample_stamps.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>

#include "media/base/clock.h"

namespace meanwhile {
namespace {

// Further off than this is no jitter.
constexpr double kJumpMicroseconds = 150'000;
// The part of a block's error that is taken over: with blocks of 20 ms, a time constant of one second.
constexpr double kGain = 0.02;

double microseconds(MonotonicTime time) {
  return static_cast<double>(time.time_since_epoch().count());
}

}  // namespace

MonotonicTime SampleStamps::stamp(MonotonicTime measured, std::int64_t count) {
  one_thread_.check();
  const double elapsed = static_cast<double>(samples_) * 1e6 / sample_rate_;
  const double error = microseconds(measured) - (origin_us_ + elapsed);
  if (blocks_ == 0 || std::abs(error) > kJumpMicroseconds) {
    origin_us_ = microseconds(measured);
    samples_ = 0;
    blocks_ = 0;
  } else {
    // The first measurements are averaged, so that the beginning is not as wrong as the first one was.
    origin_us_ += error * std::max(kGain, 1.0 / static_cast<double>(blocks_ + 1));
  }
  const double at = origin_us_ + static_cast<double>(samples_) * 1e6 / sample_rate_;
  samples_ += count;
  ++blocks_;
  const MonotonicTime smooth{std::chrono::microseconds(std::llround(at))};
  last_ = std::max(smooth, last_ + std::chrono::microseconds(1));
  return last_;
}

void SampleStamps::restart() {
  one_thread_.check();
  blocks_ = 0;
}

}  // namespace meanwhile
