#include "tests/support/session_bus.h"

#include <fstream>
#include <utility>

#include "tests/support/desktop_services.h"

namespace meanwhile {

std::string SessionBus::missing() {
  return missing_program({"dbus-daemon"});
}

Result<std::unique_ptr<SessionBus>> SessionBus::start() {
  std::unique_ptr<SessionBus> bus(new SessionBus);
  MEANWHILE_TRY(bus->set_up());
  return bus;
}

Result<void> SessionBus::set_up() {
  const auto settings = folder_.path() / "bus.conf";
  std::ofstream(settings)
      << "<busconfig><type>session</type><listen>" << address()
      << "</listen><auth>EXTERNAL</auth><policy context=\"default\"><allow send_destination=\"*\"/>"
         "<allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>\n";
  auto daemon = ChildProcess::start(
      {"dbus-daemon", "--config-file=" + settings.string(), "--nofork", "--nopidfile"}, {});
  if (!daemon) return std::unexpected(daemon.error());
  daemon_ = std::move(*daemon);
  if (becomes_true([&] { return takes_connections(folder_.path() / "bus"); })) return {};
  return fail(ErrorCode::Unavailable, "starting a session bus");
}

BusPtr SessionBus::connect() const {
  sd_bus* made = nullptr;
  sd_bus_new(&made);
  BusPtr bus(made);
  sd_bus_set_address(made, address().c_str());
  sd_bus_set_bus_client(made, 1);
  if (sd_bus_start(made) < 0) bus.reset();
  return bus;
}

}  // namespace meanwhile
