#include "tests/support/shortcuts_portal.h"

#include <cstdint>

namespace meanwhile {
namespace {

constexpr const char* kPath = "/org/freedesktop/portal/desktop";
constexpr const char* kShortcuts = "org.freedesktop.portal.GlobalShortcuts";
constexpr const char* kSession = "/org/freedesktop/portal/desktop/session/1_1/keys";
constexpr std::uint64_t kPortalLookUs = 20'000;

// Answered like the real one: first with the request's path, then by a signal from there.
int answer_later(sd_bus_message* call, const char* request, const char* types, const auto&... results) {
  const int done = sd_bus_reply_method_return(call, "o", request);
  sd_bus_message* made = nullptr;
  sd_bus* bus = sd_bus_message_get_bus(call);
  if (sd_bus_message_new_signal(bus, &made, request, "org.freedesktop.portal.Request", "Response") < 0)
    return done;
  const BusMessagePtr signal(made);
  sd_bus_message_set_destination(made, sd_bus_message_get_sender(call));
  sd_bus_message_append(made, types, std::uint32_t{0}, results...);
  sd_bus_send(bus, made, nullptr);
  return done;
}

}  // namespace

Result<std::unique_ptr<ShortcutsPortal>> ShortcutsPortal::start() {
  auto session = SessionBus::start();
  if (!session) return std::unexpected(session.error());
  std::unique_ptr<ShortcutsPortal> portal(new ShortcutsPortal);
  portal->session_ = std::move(*session);
  portal->bus_ = portal->session_->connect();
  const auto handle = [](sd_bus_message* message, void* self, sd_bus_error*) {
    return static_cast<ShortcutsPortal*>(self)->answer(message);
  };
  sd_bus_add_object(portal->bus_.get(), nullptr, kPath, handle, portal.get());
  sd_bus_request_name(portal->bus_.get(), "org.freedesktop.portal.Desktop", 0);
  portal->thread_ = std::jthread([self = portal.get()](const std::stop_token& stop) { self->run(stop); });
  return portal;
}

void ShortcutsPortal::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    while (sd_bus_process(bus_.get(), nullptr) > 0) {
    }
    std::vector<std::string> presses;
    std::swap(presses, *presses_.lock());
    for (const std::string& id : presses) {
      const bool is_elsewhere = id.starts_with("elsewhere/");
      sd_bus_emit_signal(bus_.get(), kPath, kShortcuts, "Activated", "osta{sv}",
                         is_elsewhere ? "/org/freedesktop/portal/desktop/session/1_2/other" : kSession,
                         id.substr(is_elsewhere ? 10 : 0).c_str(), std::uint64_t{1}, 0);
    }
    sd_bus_flush(bus_.get());
    sd_bus_wait(bus_.get(), kPortalLookUs);
  }
}

int ShortcutsPortal::answer(sd_bus_message* call) {
  if (sd_bus_message_is_method_call(call, kShortcuts, "CreateSession") > 0)
    return answer_later(call, "/org/freedesktop/portal/desktop/request/1_1/keys", "ua{sv}", 1,
                        "session_handle", "s", kSession);
  if (sd_bus_message_is_method_call(call, kShortcuts, "BindShortcuts") > 0) return bind(call);
  return 0;
}

int ShortcutsPortal::bind(sd_bus_message* call) {
  std::vector<std::string> ids;
  sd_bus_message_skip(call, "o");
  sd_bus_message_enter_container(call, 'a', "(sa{sv})");
  while (sd_bus_message_enter_container(call, 'r', "sa{sv}") > 0) {
    const char* id = nullptr;
    sd_bus_message_read(call, "s", &id);
    ids.emplace_back(id);
    sd_bus_message_skip(call, "a{sv}");
    sd_bus_message_exit_container(call);
  }
  *bound_.lock() = ids;
  return answer_later(call, "/org/freedesktop/portal/desktop/request/1_1/bind", "ua{sv}", 0);
}

}  // namespace meanwhile
