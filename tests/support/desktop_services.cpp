#include "tests/support/desktop_services.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <sstream>

#include "media/base/bus.h"

namespace meanwhile {
namespace {

void write_text(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file) << text;
}

std::string bus_settings(const std::filesystem::path& socket) {
  return "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\"\n"
         " \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
         "<busconfig><type>session</type><listen>unix:path=" +
         socket.string() +
         "</listen><auth>EXTERNAL</auth><policy context=\"default\"><allow send_destination=\"*\"/>"
         "<allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>\n";
}

}  // namespace

bool becomes_true(const std::function<bool()>& condition, std::chrono::seconds deadline) {
  const auto end = std::chrono::steady_clock::now() + deadline;
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock(mutex);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    never.wait_for(lock, std::chrono::milliseconds(20));
  }
  return true;
}

bool takes_connections(const std::filesystem::path& socket) {
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  socket.string().copy(address.sun_path, sizeof address.sun_path - 1);
  const int caller = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool is_heard = ::connect(caller, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(caller);
  return is_heard;
}

std::string missing_program(const std::vector<std::string>& programs) {
  const char* path = std::getenv("PATH");
  for (const std::string& program : programs) {
    std::stringstream folders(program.starts_with('/') ? "" : path ? path : "");
    bool is_there = program.starts_with('/') && ::access(program.c_str(), X_OK) == 0;
    for (std::string folder; std::getline(folders, folder, ':');)
      is_there = is_there || ::access((folder + "/" + program).c_str(), X_OK) == 0;
    if (!is_there) return program;
  }
  return {};
}

Result<std::unique_ptr<DesktopServices>> DesktopServices::start() {
  std::unique_ptr<DesktopServices> services(new DesktopServices);
  MEANWHILE_TRY(services->set_up());
  return services;
}

Environment DesktopServices::environment() const {
  const std::string folder = folder_.path().string();
  return {{"XDG_RUNTIME_DIR", folder},
          {"PIPEWIRE_RUNTIME_DIR", folder},
          {"DBUS_SESSION_BUS_ADDRESS", "unix:path=" + folder + "/bus"},
          {"XDG_CONFIG_HOME", folder + "/config"},
          {"XDG_STATE_HOME", folder + "/state"},
          {"XDG_DATA_HOME", folder + "/data"},
          {"XDG_CACHE_HOME", folder + "/cache"},
          {"GSETTINGS_BACKEND", "memory"},
          {"DISPLAY", ""},
          {"WAYLAND_DISPLAY", ""},
          {"XDG_SESSION_TYPE", ""}};
}

Result<std::unique_ptr<ChildProcess>> DesktopServices::launch(const std::vector<std::string>& arguments,
                                                              Environment more) const {
  Environment all = environment();
  all.insert(all.end(), more.begin(), more.end());
  const std::string name = std::filesystem::path(arguments.front()).filename().string();
  return ChildProcess::start(arguments, {.environment = all, .output = folder_.path() / (name + ".log")});
}

Result<void> DesktopServices::set_up() {
  const std::filesystem::path& folder = folder_.path();
  write_text(folder / "bus.conf", bus_settings(folder / "bus"));
  auto bus =
      launch({"dbus-daemon", "--config-file=" + (folder / "bus.conf").string(), "--nofork", "--nopidfile"});
  if (!bus) return std::unexpected(bus.error());
  bus_ = std::move(*bus);
  if (!becomes_true([&] { return takes_connections(folder / "bus"); }))
    return fail(ErrorCode::Unavailable, "starting a session bus");
  auto pipewire = launch({"pipewire"});
  if (!pipewire) return std::unexpected(pipewire.error());
  pipewire_ = std::move(*pipewire);
  if (!becomes_true([&] { return takes_connections(folder / "pipewire-0"); }))
    return fail(ErrorCode::Unavailable, "starting PipeWire");
  auto manager = launch({"wireplumber"});
  if (!manager) return std::unexpected(manager.error());
  manager_ = std::move(*manager);
  return {};
}

Result<void> DesktopServices::wait_for_name(const std::string& name) const {
  sd_bus* made = nullptr;
  sd_bus_new(&made);
  const BusPtr bus(made);
  sd_bus_set_address(made, ("unix:path=" + (folder_.path() / "bus").string()).c_str());
  sd_bus_set_bus_client(made, 1);
  if (sd_bus_start(made) < 0) return fail(ErrorCode::Unavailable, "connecting to the session bus");
  const bool is_owned = becomes_true([&] {
    sd_bus_message* reply = nullptr;
    const int result =
        sd_bus_call_method(made, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                           "NameHasOwner", nullptr, &reply, "s", name.c_str());
    const BusMessagePtr owned(reply);
    int has_owner = 0;
    return result >= 0 && sd_bus_message_read(reply, "b", &has_owner) > 0 && has_owner != 0;
  });
  if (is_owned) return {};
  return fail(ErrorCode::Unavailable, "waiting for " + name + " on the session bus");
}

void DesktopServices::kill_pipewire() {
  pipewire_->signal(9);
  pipewire_->wait();
}

}  // namespace meanwhile
