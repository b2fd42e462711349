// Steady timestamps for a device's samples.
#pragma once

#include <cstdint>

#include "media/base/clock.h"
#include "media/base/thread_checker.h"

namespace meanwhile {

// Each block of samples comes with a measurement of when its first sample was in the air; measurements jitter
// by some milliseconds, samples don't. So stamps follow the count of samples, pulled gently towards the
// measurements: a device's clock that runs some hundred ppm off is followed within a millisecond. One thread.
class SampleStamps {
 public:
  explicit SampleStamps(int sample_rate) : sample_rate_(sample_rate) {}

  // The stamp for a block of `count` samples that was measured to begin at `measured`. A measurement that is
  // far off (the device slept, samples were lost) is believed at once; stamps rise in any case.
  MonotonicTime stamp(MonotonicTime measured, std::int64_t count);
  // The next measurement is believed whatever it is: the samples before it have nothing to do with it.
  void restart();

 private:
  const int sample_rate_;
  std::int64_t blocks_ = 0;
  std::int64_t samples_ = 0;  // since origin_
  double origin_us_ = 0;      // where sample 0 would have been
  MonotonicTime last_{};
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
