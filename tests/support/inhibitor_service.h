// Whoever keeps a desktop awake and its notes quiet, private to a test: the portal, the screen saver and the
// notification service, each there or not, and what is held of them now.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <thread>

#include "media/base/bus.h"
#include "media/base/guarded.h"
#include "media/base/result.h"
#include "tests/support/environment.h"
#include "tests/support/session_bus.h"

namespace meanwhile {

class InhibitorService {
 public:
  enum class Kind { Portal, ScreenSaver, Notes };

  static std::string missing() { return SessionBus::missing(); }
  // kinds: that are on the bus.
  static Result<std::unique_ptr<InhibitorService>> start(const std::set<Kind>& kinds);
  Environment environment() const { return session_->environment(); }

  // What somebody has asked for and not taken back.
  std::multiset<Kind> held() { return *held_.lock(); }

 private:
  InhibitorService() = default;
  void run(const std::stop_token& stop);
  int answer(sd_bus_message* call);
  void forget(Kind kind);

  std::unique_ptr<SessionBus> session_;
  BusPtr bus_;  // only the thread's, once it runs
  Guarded<std::multiset<Kind>> held_;
  std::jthread thread_;
};

}  // namespace meanwhile
