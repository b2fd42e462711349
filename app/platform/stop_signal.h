// Ctrl-C and SIGTERM as something to wait for.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "media/base/named_thread.h"

namespace meanwhile {

// From construction on, SIGINT, SIGTERM and SIGHUP don't end the program. Made before any thread is started:
// threads inherit that. One at a time.
class StopSignal {
 public:
  StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;
  ~StopSignal();

  // Blocks for at most that long. true: the program was asked to stop.
  bool wait_for(std::chrono::milliseconds timeout);
  // Any thread: a wait ends as if the program had been asked to stop.
  void interrupt();

 private:
  struct State;
  const std::unique_ptr<State> state_;
};

// Calls back for each signal, for who is busy with something else. Owns the thread "signals".
class AtSignal {
 public:
  // on_signal: on that thread.
  AtSignal(StopSignal& signal, std::function<void()> on_signal);
  ~AtSignal();

 private:
  StopSignal& signal_;
  NamedThread thread_;
};

}  // namespace meanwhile
