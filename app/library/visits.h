// When the person was last here: a visit ends when nothing was done for a while.
#pragma once

#include <chrono>
#include <optional>

#include "media/base/identifier.h"

namespace meanwhile {

class Visits {
 public:
  // last: when something was done in an earlier run.
  explicit Visits(std::optional<WallTime> last = {}) : last_(last), before_(last) {}

  // The person did something.
  void note(WallTime now) {
    if (!last_ || now - *last_ > kPause) before_ = last_;
    last_ = now;
  }
  // The end of the visit before this one; nullopt: this is the first.
  const std::optional<WallTime>& before() const { return before_; }
  // When something was done last.
  const std::optional<WallTime>& last() const { return last_; }

 private:
  static constexpr std::chrono::minutes kPause{30};
  std::optional<WallTime> last_;
  std::optional<WallTime> before_;
};

}  // namespace meanwhile
