// How loud it is now.
#pragma once

#include <algorithm>
#include <chrono>

#include "media/base/clock.h"

namespace meanwhile {

// The peak of the last 100 ms. Not thread-safe.
class LevelMeter {
 public:
  void add(float peak, MonotonicTime at) {
    if (at - window_start_ >= kHalfWindow) {
      before_ = at - window_start_ < 2 * kHalfWindow ? now_ : 0;
      now_ = 0;
      window_start_ = at;
    }
    now_ = std::max(now_, peak);
  }
  // 0 where nothing was heard for some time: a meter must not freeze on its last value.
  float peak(MonotonicTime at) const { return at - window_start_ > kSilence ? 0 : std::max(before_, now_); }

 private:
  static constexpr std::chrono::microseconds kHalfWindow = std::chrono::milliseconds(50);
  static constexpr std::chrono::microseconds kSilence = std::chrono::milliseconds(500);

  MonotonicTime window_start_{};
  float before_ = 0;
  float now_ = 0;
};

}  // namespace meanwhile
