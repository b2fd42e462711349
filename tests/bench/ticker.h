// What a workload does again and again while it is recorded.
#pragma once

#include <chrono>
#include <functional>
#include <thread>

namespace meanwhile {

// Calls step(0), step(1), … at a constant rate, on a thread of its own, until it goes.
class Ticker {
 public:
  Ticker(int per_second, std::function<void(int)> step);

 private:
  void run(const std::stop_token& stop);

  const std::function<void(int)> step_;
  const std::chrono::nanoseconds period_;
  std::jthread thread_;  // last: joined before anything above goes
};

}  // namespace meanwhile
