// Says at once to who is at work that something newer may be wanted.
#pragma once

#include <functional>
#include <utility>

#include "media/base/guarded.h"

namespace meanwhile {

// Any thread.
class NewerMark {
 public:
  void raise() {
    if (const auto hear = hear_.copy()) hear();
  }
  // What raise() calls from now on, at once and on any thread; empty: nothing.
  void set_listener(std::function<void()> hear) { *hear_.lock() = std::move(hear); }

 private:
  Guarded<std::function<void()>> hear_;
};

}  // namespace meanwhile
