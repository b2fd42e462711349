// A session bus that is private to a test and starts nothing by itself.
#pragma once

#include <memory>
#include <string>

#include "media/base/bus.h"
#include "media/base/child_process.h"
#include "media/base/result.h"
#include "tests/support/environment.h"

namespace meanwhile {

class SessionBus {
 public:
  // What a machine needs for it; "": it is there.
  static std::string missing();
  // Blocks until it takes connections.
  static Result<std::unique_ptr<SessionBus>> start();

  // For a program that is to find it.
  Environment environment() const { return {{"DBUS_SESSION_BUS_ADDRESS", address()}}; }
  // A connection of one's own.
  BusPtr connect() const;

 private:
  SessionBus() = default;
  Result<void> set_up();
  std::string address() const { return "unix:path=" + (folder_.path() / "bus").string(); }

  ScopedFolder folder_;
  std::unique_ptr<ChildProcess> daemon_;
};

}  // namespace meanwhile
