#include "app/platform/stop_signal.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

namespace meanwhile {

struct StopSignal::State {
  sigset_t signals;
  sigset_t before;
};

StopSignal::StopSignal() : state_(std::make_unique<State>()) {
  sigemptyset(&state_->signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&state_->signals, signal);
  pthread_sigmask(SIG_BLOCK, &state_->signals, &state_->before);
}

StopSignal::~StopSignal() {
  pthread_sigmask(SIG_SETMASK, &state_->before, nullptr);
}

bool StopSignal::wait_for(std::chrono::milliseconds timeout) {
  const auto count = std::max<std::chrono::milliseconds::rep>(0, timeout.count());
  const timespec time{.tv_sec = count / 1000, .tv_nsec = count % 1000 * 1'000'000};
  return sigtimedwait(&state_->signals, nullptr, &time) > 0;
}

void StopSignal::interrupt() {
  ::kill(::getpid(), SIGHUP);
}

AtSignal::AtSignal(StopSignal& signal, std::function<void()> on_signal)
    : signal_(signal),
      thread_("signals", [&signal, on_signal = std::move(on_signal)](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
          if (signal.wait_for(std::chrono::hours(1)) && !stop.stop_requested()) on_signal();
        }
      }) {}

AtSignal::~AtSignal() {
  thread_.request_stop();
  signal_.interrupt();
  thread_.join();
  // The thread may have ended without it; left over, it would end the program.
  (void)signal_.wait_for(std::chrono::milliseconds(0));
}

}  // namespace meanwhile
