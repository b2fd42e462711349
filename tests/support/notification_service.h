// Who shows notes on a desktop, private to a test: a session bus with a service on it that remembers what it
// was to show, and presses buttons.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "media/base/bus.h"
#include "media/base/guarded.h"
#include "media/base/result.h"
#include "tests/support/environment.h"
#include "tests/support/session_bus.h"

namespace meanwhile {

struct ShownNote {
  std::uint32_t id = 0;
  std::string title;
  std::string text;
  std::vector<std::string> actions;  // action, label, action, label, …
};

class NotificationService {
 public:
  static std::string missing() { return SessionBus::missing(); }
  static Result<std::unique_ptr<NotificationService>> start();
  // For a program that is to find it.
  Environment environment() const { return session_->environment(); }

  std::vector<ShownNote> shown() { return *shown_.lock(); }
  // Ends and starts anew, as another program would: its notes are gone, and it counts from the beginning.
  void restart() { is_to_restart_.store(true); }
  bool is_restarted() const { return !is_to_restart_.load(); }
  void press(std::uint32_t note, const std::string& action) { pressed_.lock()->push_back({note, action}); }

 private:
  NotificationService() = default;
  Result<void> set_up();
  void run(const std::stop_token& stop);
  int answer(sd_bus_message* call);

  struct Press {
    std::uint32_t note = 0;
    std::string action;
  };
  std::unique_ptr<SessionBus> session_;
  BusPtr bus_;  // only the thread's, once it runs
  Guarded<std::vector<ShownNote>> shown_;
  Guarded<std::vector<Press>> pressed_;
  std::atomic<bool> is_to_restart_ = false;
  std::jthread thread_;
};

}  // namespace meanwhile
