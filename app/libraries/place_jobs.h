// Jobs that ask places, waited for only as long as something gets on.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

#include "media/base/named_thread.h"

namespace meanwhile {

// How long nothing may move before a place counts as silent: for a person who wants what is here anyway, and
// for one who asked for the place.
constexpr std::chrono::milliseconds kPatience{2000};
constexpr std::chrono::milliseconds kLongPatience{60'000};

// Whether anything still moves between this process and its places.
class Movement {
 public:
  explicit Movement(std::chrono::milliseconds patience);
  // Nothing has, for so long. waits: for a place, right now: what takes long here is no silence of its.
  bool has_ceased(bool waits);

 private:
  const std::chrono::milliseconds patience_;
  std::uint64_t seen_;
  std::chrono::steady_clock::time_point since_;
};

// One thread, but for the jobs. A job that hangs in its place is joined when this goes: the end of the
// program doesn't wait for that (LastCall).
class PlaceJobs {
 public:
  using Job = std::function<void(std::stop_token)>;
  ~PlaceJobs();

  // Runs it on a thread of its own. waits: whether it waits for its place right now; any thread. False: the
  // last one of that name is still at it. What they use must outlive this.
  bool start(
      const std::string& name, Job job, std::chrono::milliseconds patience = kPatience,
      std::function<bool()> waits = [] { return true; });

  // Until each is done, or silent: those are asked to stop, and may go on all the same, for a thread that
  // hangs in a mount can't be helped. True: all are done.
  bool wait();
  // The one of that name is asked to stop.
  void stop(const std::string& name);

  // Some job hangs, and nobody may wait for it.
  bool is_hung() const;

 private:
  struct Shared {
    std::mutex mutex;
    std::condition_variable done;
    std::size_t running = 0;
  };
  struct Running {
    std::shared_ptr<bool> is_done;  // under the lock
    std::function<bool()> waits;
    std::unique_ptr<Movement> movement;
    NamedThread thread;
  };
  bool is_anybody_worth_waiting_for();
  bool all_done_within(std::chrono::milliseconds time);

  const std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
  std::map<std::string, Running> jobs_;
};

}  // namespace meanwhile
