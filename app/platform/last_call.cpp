#include "app/platform/last_call.h"

#include <chrono>
#include <cstdlib>
#include <mutex>
#include <stop_token>

namespace meanwhile {

LastCall::~LastCall() {
  thread_.request_stop();
}

void LastCall::begin(std::chrono::milliseconds patience, int status) {
  const auto end = std::chrono::steady_clock::now() + patience;
  const std::lock_guard lock(mutex_);
  if (end_ && *end_ <= end) return;
  end_ = end;
  status_ = status;
  if (!thread_.joinable())
    thread_ = NamedThread("last-call", [this](const std::stop_token& stop) { run(stop); });
  changed_.notify_all();
}

void LastCall::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (std::chrono::steady_clock::now() < *end_) {
    const auto end = *end_;
    changed_.wait_until(lock, stop, end, [&] { return *end_ != end; });
    if (stop.stop_requested()) return;
  }
  std::_Exit(status_);
}

}  // namespace meanwhile
