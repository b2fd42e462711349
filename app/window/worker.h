// A thread for what would make the window wait: disks, devices, networks.
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <utility>

#include "media/base/bounded_queue.h"
#include "media/base/named_thread.h"

namespace meanwhile {

// Owns the thread "worker". Jobs are done one after the other; those that wait when it is destroyed are
// dropped, and the one that runs is asked to stop.
class Worker {
 public:
  using Job = std::function<void(std::stop_token)>;

  Worker() : thread_("worker", [this](std::stop_token stop) { run(stop); }) {}
  ~Worker() {
    thread_.request_stop();
    jobs_.cancel();
  }

  // Any thread.
  void run_later(Job job) { jobs_.push_dropping_oldest(std::move(job)); }

 private:
  void run(std::stop_token stop) {
    while (auto job = jobs_.pop()) (*job)(stop);
  }

  // So many only pile up when a disk or network hangs; then the oldest are wanted least.
  static constexpr std::size_t kMostJobs = 4096;
  BoundedQueue<Job> jobs_{kMostJobs};
  NamedThread thread_;
};

}  // namespace meanwhile
