// All that a desk of the window works with, without a window. Only where app_window is linked.
#pragma once

#include "app/window/desk.h"
#include "tests/support/environment.h"
#include "tests/support/play_rig.h"

namespace meanwhile {

struct DeskRig {
  ScopedFolder home;
  std::unique_ptr<Application> application = Application::open({.home = home.path()}).value();
  UiState state;
  test::ManualClock clock;
  Notices notices{state.notices, clock};
  Mailbox mailbox{[] {}};
  Worker worker;
  Desk desk{*application, state, notices, mailbox, worker, clock};
};

}  // namespace meanwhile
