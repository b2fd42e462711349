#include "tests/support/scripted_portal.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <fstream>

namespace meanwhile {
namespace {

constexpr const char* kName = "org.freedesktop.impl.portal.desktop.rig";
constexpr const char* kSessionInterface = "org.freedesktop.impl.portal.Session";
constexpr std::array<std::pair<const char*, std::uint32_t>, 3> kProperties{
    {{"AvailableSourceTypes", 7}, {"AvailableCursorModes", 7}, {"version", 5}}};

bool is_call(sd_bus_message* message, const char* member) {
  return sd_bus_message_is_method_call(message, nullptr, member) > 0;
}

// An answer that grants or refuses, without results.
int reply_code(sd_bus_message* message, std::uint32_t code) {
  return sd_bus_reply_method_return(message, "ua{sv}", code, 0);
}

}  // namespace

Result<std::unique_ptr<ScriptedPortal>> ScriptedPortal::start(const DesktopServices& services) {
  std::unique_ptr<ScriptedPortal> portal(new ScriptedPortal);
  MEANWHILE_TRY(portal->set_up(services));
  return portal;
}

ScriptedPortal::~ScriptedPortal() {
  front_end_.reset();
  thread_.request_stop();
  eventfd_write(wake_, 1);
  if (thread_.joinable()) thread_.join();
  ::close(wake_);
}

Result<void> ScriptedPortal::set_up(const DesktopServices& services) {
  wake_ = eventfd(0, EFD_CLOEXEC);
  const std::filesystem::path portals = services.folder() / "portals";
  const std::filesystem::path choice = services.folder() / "config" / "xdg-desktop-portal";
  std::filesystem::create_directories(portals);
  std::filesystem::create_directories(choice);
  std::ofstream(portals / "rig.portal")
      << "[portal]\nDBusName=" << kName
      << "\nInterfaces=org.freedesktop.impl.portal.ScreenCast;\nUseIn=rig\n";
  // Newer versions go by this instead of UseIn.
  std::ofstream(choice / "portals.conf") << "[preferred]\ndefault=rig\n";
  sd_bus* made = nullptr;
  sd_bus_new(&made);
  bus_.reset(made);
  sd_bus_set_address(made, ("unix:path=" + (services.folder() / "bus").string()).c_str());
  sd_bus_set_bus_client(made, 1);
  const auto handle = [](sd_bus_message* message, void* self, sd_bus_error*) {
    return static_cast<ScriptedPortal*>(self)->on_message(message);
  };
  if (sd_bus_start(made) < 0 || sd_bus_add_filter(made, nullptr, handle, this) < 0 ||
      sd_bus_request_name(made, kName, 0) < 0) {
    return fail(ErrorCode::Unavailable, "starting the scripted back end of the portal");
  }
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  auto store = services.launch({kPermissionStore});
  if (!store) return std::unexpected(store.error());
  store_ = std::move(*store);
  auto front_end = services.launch(
      {kFrontEnd, "-v"}, {{"XDG_DESKTOP_PORTAL_DIR", portals.string()}, {"XDG_CURRENT_DESKTOP", "rig"}});
  if (!front_end) return std::unexpected(front_end.error());
  front_end_ = std::move(*front_end);
  return services.wait_for_name("org.freedesktop.portal.Desktop");
}

void ScriptedPortal::set_answer(PortalAnswer answer, std::uint32_t node) {
  std::lock_guard lock(mutex_);
  answer_ = answer;
  node_ = node;
}

void ScriptedPortal::revoke() {
  {
    std::lock_guard lock(mutex_);
    is_to_revoke_ = true;
  }
  eventfd_write(wake_, 1);
}

ScriptedPortal::Log ScriptedPortal::log() const {
  std::lock_guard lock(mutex_);
  return log_;
}

void ScriptedPortal::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    while (sd_bus_process(bus_.get(), nullptr) > 0) {
    }
    bool is_to_revoke = false;
    {
      std::lock_guard lock(mutex_);
      std::swap(is_to_revoke, is_to_revoke_);
    }
    if (is_to_revoke) sd_bus_emit_signal(bus_.get(), session_.c_str(), kSessionInterface, "Closed", "");
    sd_bus_flush(bus_.get());
    std::array<pollfd, 2> watched{{{.fd = sd_bus_get_fd(bus_.get()), .events = POLLIN, .revents = 0},
                                   {.fd = wake_, .events = POLLIN, .revents = 0}}};
    ::poll(watched.data(), watched.size(), -1);
    eventfd_t ignored = 0;
    if ((watched[1].revents & POLLIN) != 0) eventfd_read(wake_, &ignored);
  }
}

int ScriptedPortal::on_message(sd_bus_message* message) {
  if (is_call(message, "GetAll")) return answer_properties(message, true);
  if (is_call(message, "Get")) return answer_properties(message, false);
  if (is_call(message, "CreateSession")) {
    const char* request = nullptr;
    const char* session = nullptr;
    sd_bus_message_read(message, "oo", &request, &session);
    session_ = session;
    return reply_code(message, 0);
  }
  if (is_call(message, "SelectSources")) return select_sources(message);
  if (is_call(message, "Start")) return start_cast(message);
  if (is_call(message, "Close")) {
    std::lock_guard lock(mutex_);
    const bool is_session = sd_bus_message_get_path(message) == session_;
    ++(is_session ? log_.closed : log_.withdrawn);
    return sd_bus_reply_method_return(message, "");
  }
  return 0;
}

int ScriptedPortal::answer_properties(sd_bus_message* message, bool wants_all) {
  const char* interface = nullptr;
  const char* name = "";
  sd_bus_message_read(message, "s", &interface);
  if (!wants_all) {
    sd_bus_message_read(message, "s", &name);
    for (const auto& [property, value] : kProperties) {
      if (std::strcmp(property, name) == 0) return sd_bus_reply_method_return(message, "v", "u", value);
    }
    return 0;
  }
  return sd_bus_reply_method_return(message, "a{sv}", 3, kProperties[0].first, "u", kProperties[0].second,
                                    kProperties[1].first, "u", kProperties[1].second, kProperties[2].first,
                                    "u", kProperties[2].second);
}

int ScriptedPortal::select_sources(sd_bus_message* message) {
  sd_bus_message_skip(message, "oos");
  has_restore_data_ = false;
  sd_bus_message_enter_container(message, 'a', "{sv}");
  std::lock_guard lock(mutex_);
  while (sd_bus_message_enter_container(message, 'e', "sv") > 0) {
    const char* key = nullptr;
    sd_bus_message_read(message, "s", &key);
    if (std::strcmp(key, "restore_data") == 0) has_restore_data_ = true;
    std::uint32_t* into = std::strcmp(key, "cursor_mode") == 0    ? &log_.cursor_mode
                          : std::strcmp(key, "persist_mode") == 0 ? &log_.persist_mode
                          : std::strcmp(key, "types") == 0        ? &log_.types
                                                                  : nullptr;
    if (into) {
      sd_bus_message_read(message, "v", "u", into);
    } else {
      sd_bus_message_skip(message, "v");
    }
    sd_bus_message_exit_container(message);
  }
  return reply_code(message, 0);
}

int ScriptedPortal::start_cast(sd_bus_message* message) {
  std::lock_guard lock(mutex_);
  ++(has_restore_data_ ? log_.restored : log_.dialogs);
  switch (answer_) {
    case PortalAnswer::Grant:
      return grant(message, node_);
    case PortalAnswer::Cancel:
      return reply_code(message, 1);
    case PortalAnswer::Fail:
      return reply_code(message, 2);
    case PortalAnswer::Nothing:
      return 1;  // the person is still thinking
  }
  return 0;
}

int ScriptedPortal::grant(sd_bus_message* message, std::uint32_t node) const {
  return sd_bus_reply_method_return(message, "ua{sv}", 0, 3,                                    //
                                    "streams", "a(ua{sv})", 1, node, 1, "source_type", "u", 1,  //
                                    "persist_mode", "u", log_.persist_mode,                     //
                                    "restore_data", "(suv)", "rig", 1, "s", "the screen");
}

}  // namespace meanwhile
