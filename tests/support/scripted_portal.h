// The real xdg-desktop-portal, with a back end behind it that answers as the test says: the desktop's dialog
// and the person in front of it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "media/base/bus.h"
#include "media/base/result.h"
#include "tests/support/desktop_services.h"

namespace meanwhile {

enum class PortalAnswer { Grant, Cancel, Fail, Nothing };

class ScriptedPortal {
 public:
  static constexpr const char* kFrontEnd = "/usr/libexec/xdg-desktop-portal";
  static constexpr const char* kPermissionStore = "/usr/libexec/xdg-permission-store";
  static std::string missing() { return missing_program({kFrontEnd, kPermissionStore}); }
  // Blocks until the portal can be called. Errors: NotFound, Unavailable.
  static Result<std::unique_ptr<ScriptedPortal>> start(const DesktopServices& services);
  ~ScriptedPortal();
  ScriptedPortal(const ScriptedPortal&) = delete;
  ScriptedPortal& operator=(const ScriptedPortal&) = delete;

  // What the person does from now on, and the node that is granted.
  void set_answer(PortalAnswer answer, std::uint32_t node);
  // The person ends the sharing in the desktop's panel.
  void revoke();

  struct Log {
    int dialogs = 0;    // Start without anything to restore
    int restored = 0;   // Start with what a token stood for
    int withdrawn = 0;  // requests that the program closed
    int closed = 0;     // sessions that the program closed
    std::uint32_t cursor_mode = 0;
    std::uint32_t persist_mode = 0;
    std::uint32_t types = 0;
  };
  Log log() const;

 private:
  ScriptedPortal() = default;
  Result<void> set_up(const DesktopServices& services);
  void run(const std::stop_token& stop);
  int on_message(sd_bus_message* message);
  int answer_properties(sd_bus_message* message, bool wants_all);
  int select_sources(sd_bus_message* message);
  int start_cast(sd_bus_message* message);
  int grant(sd_bus_message* message, std::uint32_t node) const;

  BusPtr bus_;  // only the thread, once it runs
  bool has_restore_data_ = false;
  std::string session_;
  int wake_ = -1;

  mutable std::mutex mutex_;
  PortalAnswer answer_ = PortalAnswer::Grant;
  std::uint32_t node_ = 0;
  bool is_to_revoke_ = false;
  Log log_;

  std::jthread thread_;
  std::unique_ptr<ChildProcess> store_;
  std::unique_ptr<ChildProcess> front_end_;  // last: ends first
};

}  // namespace meanwhile
