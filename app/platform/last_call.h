// The end of the program, whatever places do.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>

#include "media/base/named_thread.h"

namespace meanwhile {

// What is promised is on the disk before anything ends; what doesn't end in time after that, a thread that
// hangs in a mount or in a network, is left behind. Owns the thread "last-call". Any thread.
class LastCall {
 public:
  LastCall() = default;
  LastCall(const LastCall&) = delete;
  LastCall& operator=(const LastCall&) = delete;
  ~LastCall();  // the program ended by itself

  // It ends in so long at the latest, with that status; of several the nearest counts.
  void begin(std::chrono::milliseconds patience, int status);

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  void run(const std::stop_token& stop);

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<SteadyTime> end_;
  int status_ = 0;
  NamedThread thread_;  // last: joined before anything above goes
};

// A polite end is over by then.
constexpr std::chrono::milliseconds kLongestEnd{2000};

}  // namespace meanwhile
