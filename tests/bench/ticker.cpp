#include "tests/bench/ticker.h"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace meanwhile {

Ticker::Ticker(int per_second, std::function<void(int)> step)
    : step_(std::move(step)),
      period_(std::chrono::nanoseconds(std::chrono::seconds(1)) / per_second),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Ticker::run(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  std::chrono::steady_clock::time_point next = std::chrono::steady_clock::now();
  for (int tick = 0; !stop.stop_requested(); ++tick) {
    step_(tick);
    next += period_;
    never.wait_until(lock, stop, next, [] { return false; });
  }
}

}  // namespace meanwhile
