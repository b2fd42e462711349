// Tells who is at work from when on to let go of it, because something newer is wanted.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>

#include "media/base/clock.h"
#include "media/base/guarded.h"

namespace meanwhile {

// Microseconds of MonotonicTime; 0: never. It may lie in memory that another process reads: so that nobody
// has to be asked.
using LetGoTime = std::atomic<std::int64_t>;
static_assert(LetGoTime::is_always_lock_free);

inline bool is_past(const LetGoTime& time) {
  const std::int64_t from = time.load(std::memory_order_acquire);
  return from != 0 && SteadyClock().now().time_since_epoch().count() >= from;
}

// Any thread.
class NewerMark {
 public:
  void let_go_from(MonotonicTime time) { set(std::max<std::int64_t>(time.time_since_epoch().count(), 1)); }
  void clear() { set(0); }
  [[nodiscard]] bool is_due() const { return is_past(*place_.copy()); }

  // It stands there from now on, as it stood before.
  void move_to(std::shared_ptr<LetGoTime> place) {
    auto here = place_.lock();
    place->store((*here)->load());
    *here = std::move(place);
  }

 private:
  void set(std::int64_t time) { (*place_.lock())->store(time, std::memory_order_release); }

  Guarded<std::shared_ptr<LetGoTime>> place_{std::make_shared<LetGoTime>(0)};
};

}  // namespace meanwhile
