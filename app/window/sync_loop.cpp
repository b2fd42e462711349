#include "app/window/sync_loop.h"

#include <chrono>

namespace meanwhile {
namespace {

constexpr std::chrono::seconds kPollInterval{3};
// A library that can't be reached is asked less often.
constexpr std::chrono::seconds kUnreachableInterval{15};

}  // namespace

void SyncLoop::poll_now() {
  std::lock_guard lock(mutex_);
  is_wanted_ = true;
  wanted_.notify_all();
}

void SyncLoop::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    auto report = library_.sync(stop);
    if (!watch_ && report) watch_ = library_.storage().watch([this] { poll_now(); });
    const auto interval = report ? kPollInterval : kUnreachableInterval;
    if (stop.stop_requested()) return;
    on_report_(std::move(report));
    std::unique_lock lock(mutex_);
    wanted_.wait_for(lock, stop, interval, [&] { return is_wanted_; });
    is_wanted_ = false;
  }
}

}  // namespace meanwhile
