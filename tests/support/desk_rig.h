// All that a desk of the window works with, without a window. Only where app_window is linked.
#pragma once

#include "app/window/desk.h"
#include "tests/support/environment.h"
#include "tests/support/play_rig.h"

namespace meanwhile {

struct DeskRig {
  ScopedFolder home;
  std::unique_ptr<Application> application = opened(home.path());
  UiState state;
  test::ManualClock clock;
  Notices notices{state.notices, clock};
  Mailbox mailbox{[] {}};
  Worker worker;
  Lanes lanes;
  // With the person's own library, open as the window's are after a moment.
  static std::unique_ptr<Application> opened(const std::filesystem::path& home) {
    auto application = Application::open({.home = home}).value();
    application->open_libraries().value();
    return application;
  }
  Desk desk{*application, state, notices, mailbox, worker, lanes, clock};
};

}  // namespace meanwhile
