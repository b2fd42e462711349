// A Wayland desktop without a screen: sway, drawing in software, the portal with wlroots' back end, which
// asks nobody, and one window that fills the screen.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>

#include "media/base/layout.h"
#include "tests/support/desktop_services.h"

namespace meanwhile {

class WaylandSession {
 public:
  // A program, or something else that this machine can't do; "": nothing.
  static std::string missing();
  // Blocks until the portal can be called. Errors: NotFound, Unavailable.
  static Result<std::unique_ptr<WaylandSession>> start(Size size);
  ~WaylandSession();

  // As a program that the session starts has it.
  Environment environment() const;
  const DesktopServices& services() const { return *services_; }

  // Fills the screen.
  Result<void> show(std::uint32_t rgb);
  // Some letters' places in the screen's top left corner (below 20 x 20 pixels they certainly are).
  Result<void> show_corner(std::uint32_t rgb);
  // Into the window, which is a terminal: text, and escapes. Blocks while it is behind.
  Result<void> write(const std::string& text);
  // Gives the screen another size.
  Result<void> resize(Size size);
  // As a crash would.
  void kill_compositor();

  pid_t compositor() const { return compositor_->id(); }
  pid_t portal_back_end() const { return back_end_->id(); }

 private:
  WaylandSession() = default;
  Result<void> set_up(Size size);
  Result<void> start_compositor(Size size);
  Result<void> start_portal();
  Result<void> open_window();

  std::unique_ptr<DesktopServices> services_;
  std::unique_ptr<ChildProcess> compositor_;
  std::unique_ptr<ChildProcess> store_;
  std::unique_ptr<ChildProcess> back_end_;
  std::unique_ptr<ChildProcess> front_end_;
  std::unique_ptr<ChildProcess> window_;
  std::string display_;
  std::string control_socket_;
  int window_input_ = -1;
};

}  // namespace meanwhile
