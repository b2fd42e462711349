#include "tests/support/keyring_service.h"

#include <fstream>

#include "tests/support/desktop_services.h"

namespace meanwhile {

std::string KeyringService::missing() {
  return missing_program({"dbus-daemon", "gnome-keyring-daemon", "gdbus"});
}

Environment KeyringService::environment() const {
  const std::string folder = folder_.path().string();
  return {{"DBUS_SESSION_BUS_ADDRESS", "unix:path=" + folder + "/bus"},
          {"XDG_RUNTIME_DIR", folder},
          {"XDG_DATA_HOME", folder},
          {"HOME", folder}};
}

Result<std::unique_ptr<KeyringService>> KeyringService::start() {
  std::unique_ptr<KeyringService> service(new KeyringService);
  const std::filesystem::path& folder = service->folder_.path();
  const ChildProcess::Options options{.environment = service->environment(), .output = folder / "log"};
  // Settings of its own: the desktop's would start services by themselves.
  std::ofstream(folder / "bus.conf")
      << "<busconfig><type>session</type><listen>unix:path=" << folder.string()
      << "/bus</listen><policy context=\"default\"><allow send_destination=\"*\"/>"
         "<allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>";
  auto bus = ChildProcess::start(
      {"dbus-daemon", "--nofork", "--nopidfile", "--config-file", folder / "bus.conf"}, options);
  if (!bus) return std::unexpected(bus.error());
  service->bus_ = std::move(*bus);
  if (!becomes_true([&] { return takes_connections(folder / "bus"); }))
    return fail(ErrorCode::Unavailable, "the session bus doesn't come up");
  // Its password comes on standard input.
  auto keyring = ChildProcess::start(
      {"sh", "-c", "printf test | exec gnome-keyring-daemon --foreground --unlock --components=secrets"},
      options);
  if (!keyring) return std::unexpected(keyring.error());
  service->keyring_ = std::move(*keyring);
  const std::vector<std::string> ask{"gdbus",     "wait", "--session",
                                     "--timeout", "20",   "org.freedesktop.secrets"};
  const auto there = run_program(ask, options);
  if (!there || *there != 0) return fail(ErrorCode::Unavailable, "the keyring doesn't come up");
  return service;
}

}  // namespace meanwhile
