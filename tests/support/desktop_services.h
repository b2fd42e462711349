// The services of a desktop session that screen casts and cameras stand on, private to a test: a session bus
// that starts nothing by itself, PipeWire, and the session manager that links its nodes.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "media/base/result.h"
#include "tests/support/environment.h"

namespace meanwhile {

inline constexpr std::chrono::seconds kServiceDeadline{20};

// Asks again and again. false: the deadline passed.
bool becomes_true(const std::function<bool()>& condition, std::chrono::seconds deadline = kServiceDeadline);

// Somebody listens at the socket: its file is there a moment before.
bool takes_connections(const std::filesystem::path& socket);

// The first of these programs that is missing; "": none is.
std::string missing_program(const std::vector<std::string>& programs);

class DesktopServices {
 public:
  // What a machine needs for it; a test is skipped where something is missing.
  static std::string missing() { return missing_program({"dbus-daemon", "pipewire", "wireplumber"}); }
  // Blocks until they answer. Errors: NotFound, Unavailable.
  static Result<std::unique_ptr<DesktopServices>> start();

  // For ScopedEnvironment; also takes away the displays of the machine's own session.
  Environment environment() const;
  const std::filesystem::path& folder() const { return folder_.path(); }
  // Starts a program in this session.
  Result<std::unique_ptr<ChildProcess>> launch(const std::vector<std::string>& arguments,
                                               Environment more = {}) const;
  // Waits for a name on the session bus.
  Result<void> wait_for_name(const std::string& name) const;
  // As crashes would.
  void kill_pipewire();
  pid_t pipewire() const { return pipewire_->id(); }

 private:
  DesktopServices() = default;
  Result<void> set_up();

  ScopedFolder folder_;
  std::unique_ptr<ChildProcess> bus_;
  std::unique_ptr<ChildProcess> pipewire_;
  std::unique_ptr<ChildProcess> manager_;
};

}  // namespace meanwhile
