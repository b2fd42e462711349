#include "app/libraries/place_jobs.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <utility>

#include "upload/traffic.h"

namespace meanwhile {
namespace {

constexpr std::chrono::milliseconds kLook{50};
// A transfer that is asked to stop has ended by then.
constexpr std::chrono::milliseconds kTimeToStop{200};
// Slower isn't moving: libcurl is told the same (upload/http).
constexpr std::uint64_t kLeastBytesPerSecond = 16;

}  // namespace

Movement::Movement(std::chrono::milliseconds patience)
    : patience_(patience), seen_(traffic()), since_(std::chrono::steady_clock::now()) {}

bool Movement::has_ceased(bool waits) {
  const auto now = std::chrono::steady_clock::now();
  const std::uint64_t moved = traffic();
  const auto least = kLeastBytesPerSecond * static_cast<std::uint64_t>(patience_.count());
  if (!waits || (moved - seen_) * 1000 >= least) {
    seen_ = moved;
    since_ = now;
  }
  return now - since_ >= patience_;
}

// All at once, and not one after the other.
PlaceJobs::~PlaceJobs() {
  for (auto& [name, job] : jobs_) job.thread.request_stop();
}

bool PlaceJobs::start(const std::string& name, Job job, std::chrono::milliseconds patience,
                      std::function<bool()> waits) {
  const auto last = jobs_.find(name);
  {
    const std::lock_guard lock(shared_->mutex);
    if (last != jobs_.end() && !*last->second.is_done) return false;
    ++shared_->running;
  }
  auto is_done = std::make_shared<bool>(false);
  jobs_[name] = {.is_done = is_done,
                 .waits = std::move(waits),
                 .movement = std::make_unique<Movement>(patience),
                 .thread = NamedThread(
                     "place", [shared = shared_, is_done, job = std::move(job)](const std::stop_token& stop) {
                       job(stop);
                       const std::lock_guard lock(shared->mutex);
                       *is_done = true;
                       --shared->running;
                       shared->done.notify_all();
                     })};
  return true;
}

void PlaceJobs::stop(const std::string& name) {
  if (const auto job = jobs_.find(name); job != jobs_.end()) job->second.thread.request_stop();
}

bool PlaceJobs::all_done_within(std::chrono::milliseconds time) {
  std::unique_lock lock(shared_->mutex);
  return shared_->done.wait_for(lock, time, [this] { return shared_->running == 0; });
}

bool PlaceJobs::is_hung() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->running > 0;
}

bool PlaceJobs::is_anybody_worth_waiting_for() {
  const std::lock_guard lock(shared_->mutex);
  return std::ranges::any_of(jobs_, [](auto& named) {
    Running& job = named.second;
    return !*job.is_done && !job.movement->has_ceased(job.waits());
  });
}

bool PlaceJobs::wait() {
  do {
    if (all_done_within(kLook)) return true;
  } while (is_anybody_worth_waiting_for());
  for (auto& [name, job] : jobs_) job.thread.request_stop();
  return all_done_within(kTimeToStop);
}

}  // namespace meanwhile
