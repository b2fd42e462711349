// When each picture of a stream is decoded, whether it was encoded or copied.
#pragma once

#include <cstdint>
#include <deque>

namespace meanwhile {

// Pictures are told in the order in which they are shown, and asked for in that in which they are decoded:
// each is decoded when the one that is shown so many before it is, as libx264 has it too. Thread: one.
class DecodeTimes {
 public:
  // reordering: so many pictures may come before one that is shown earlier. step: about, between two.
  DecodeTimes(int reordering, std::int64_t step) : reordering_(reordering), step_(step) {}

  // at: rises.
  void show(std::int64_t at) {
    if (!has_begun_) {
      for (int before = reordering_; before > 0; --before) times_.push_back(at - before * step_);
    }
    has_begun_ = true;
    times_.push_back(at);
  }
  // Of one that was told.
  std::int64_t next() {
    const std::int64_t at = times_.front();
    times_.pop_front();
    return at;
  }

 private:
  const int reordering_;
  const std::int64_t step_;
  bool has_begun_ = false;
  std::deque<std::int64_t> times_;
};

}  // namespace meanwhile
