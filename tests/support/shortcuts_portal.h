// A desktop's portal for keys, private to a test: it grants what it is asked for, and presses it.
#pragma once

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

class ShortcutsPortal {
 public:
  static std::string missing() { return SessionBus::missing(); }
  static Result<std::unique_ptr<ShortcutsPortal>> start();
  Environment environment() const { return session_->environment(); }

  // By their ids, as they were bound last.
  std::vector<std::string> bound() { return *bound_.lock(); }
  void press(const std::string& id) { presses_.lock()->push_back(id); }
  // A key of another program's session.
  void press_elsewhere(const std::string& id) { presses_.lock()->push_back("elsewhere/" + id); }

 private:
  ShortcutsPortal() = default;
  void run(const std::stop_token& stop);
  int answer(sd_bus_message* call);
  int bind(sd_bus_message* call);

  std::unique_ptr<SessionBus> session_;
  BusPtr bus_;  // only the thread's, once it runs
  Guarded<std::vector<std::string>> bound_;
  Guarded<std::vector<std::string>> presses_;
  std::jthread thread_;
};

}  // namespace meanwhile
