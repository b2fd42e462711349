// How many items the outbox claims at a time.
#pragma once

#include <chrono>
#include <optional>

namespace meanwhile {

// Each claim waits for the disk: one for each thread, and twice as many as the time before where those were
// used up at once. Not all, for what comes meanwhile and is worth more goes after what is claimed.
class ClaimPace {
 public:
  explicit ClaimPace(int threads) : threads_(threads) {}

  // For a claim that is made now.
  int next(std::chrono::steady_clock::time_point now);

 private:
  const int threads_;
  int count_ = 0;
  std::optional<std::chrono::steady_clock::time_point> last_;
};

}  // namespace meanwhile
