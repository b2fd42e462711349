// Whether another process still does something, as the kernel tells it (proc(5)).
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>

namespace meanwhile {

// What it used of the processor so far, in the kernel's ticks; and whether any of its threads wants more of
// it, or waits for a disk.
struct ProcessSigns {
  std::uint64_t ticks = 0;
  bool is_busy = false;
};
ProcessSigns signs_of(pid_t process);

// One that sleeps and sleeps. Thread: one.
class SleepWatch {
 public:
  SleepWatch(pid_t process, std::chrono::steady_clock::duration longest);
  // Ask now and then: it neither computed nor wanted to for longer than that.
  bool is_stuck();

 private:
  const pid_t process_;
  const std::chrono::steady_clock::duration longest_;
  std::uint64_t ticks_ = 0;
  std::chrono::steady_clock::time_point awake_;
};

}  // namespace meanwhile
