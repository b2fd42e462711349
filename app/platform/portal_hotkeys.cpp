#include "app/platform/portal_hotkeys.h"

#include <functional>
#include <memory>

#ifdef MEANWHILE_TRAY
#include <array>
#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>

#include "app/platform/bus_loop.h"
#include "app/platform/hotkeys.h"
#include "media/base/bus.h"
#include "media/base/log.h"
#include "media/base/named_thread.h"
#include "media/base/translation.h"
#endif

namespace meanwhile {
#ifdef MEANWHILE_TRAY
namespace {

constexpr const char* kDesktopPortal = "org.freedesktop.portal.Desktop";
constexpr const char* kDesktopPath = "/org/freedesktop/portal/desktop";
constexpr const char* kShortcuts = "org.freedesktop.portal.GlobalShortcuts";

// The desktop shows the words where it asks for the key, and proposes that one. Drawing on the screen isn't
// there under Wayland.
struct PortalKey {
  Hotkey key;
  const char* id;
  const char* words;
  const char* proposed;  // Source: freedesktop.org, Shortcuts Specification
};
constexpr std::array<PortalKey, 5> kPortalKeys{
    {{Hotkey::PauseOrResume, "pause", tr_later("Pause the recording, or go on"), "CTRL+ALT+p"},
     {Hotkey::Stop, "stop", tr_later("Stop the recording"), "CTRL+ALT+s"},
     {Hotkey::Mute, "mute", tr_later("Microphone off, or on again"), "CTRL+ALT+m"},
     {Hotkey::SayAgain, "redo", tr_later("Redo the last sentence"), "CTRL+ALT+b"},
     {Hotkey::Chapter, "chapter", tr_later("Begin a chapter"), "CTRL+ALT+c"}}};

int append_shortcut(sd_bus_message* call, const PortalKey& key) {
  int done = sd_bus_message_open_container(call, 'r', "sa{sv}");
  if (done >= 0)
    done = sd_bus_message_append(call, "sa{sv}", key.id, 2, "description", "s", tr(key.words),
                                 "preferred_trigger", "s", key.proposed);
  return done < 0 ? done : sd_bus_message_close_container(call);
}

// Source: XDG Desktop Portal, org.freedesktop.portal.GlobalShortcuts version 1, .Request.
class PortalHotkeys final : public Hotkeys, private BusLoop::Client {
 public:
  explicit PortalHotkeys(std::function<void(Hotkey)> on_press)
      : on_press_(std::move(on_press)), thread_("hotkeys", [this](const std::stop_token& stop) {
          loop_.run(*this, "keys of the desktop's portal", stop);
        }) {}
  // With the connection the session ends, and the keys with it.
  ~PortalHotkeys() override {
    thread_.request_stop();
    loop_.wake();
  }

 private:
  bool begin(sd_bus* bus) override;
  void go_on(sd_bus*) override {}
  void bind();
  void take_up_session(sd_bus_message* response);
  static PortalHotkeys& of(void* self) { return *static_cast<PortalHotkeys*>(self); }
  static int on_response(sd_bus_message* response, void* self, sd_bus_error*);
  static int on_activated(sd_bus_message* signal, void* self, sd_bus_error*);
  static int on_called(sd_bus_message* answer, void*, sd_bus_error*);

  const std::function<void(Hotkey)> on_press_;
  BusLoop loop_;
  // Only the thread's.
  sd_bus* bus_ = nullptr;
  std::string session_;
  NamedThread thread_;  // last: joined before anything above goes
};

bool PortalHotkeys::begin(sd_bus* bus) {
  bus_ = bus;
  const std::string activated =
      std::string("type='signal',interface='") + kShortcuts + "',member='Activated'";
  constexpr const char* kResponses =
      "type='signal',interface='org.freedesktop.portal.Request',member='Response'";
  return sd_bus_add_match_async(bus, nullptr, activated.c_str(), on_activated, nullptr, this) >= 0 &&
         sd_bus_add_match_async(bus, nullptr, kResponses, on_response, nullptr, this) >= 0 &&
         sd_bus_call_method_async(bus, nullptr, kDesktopPortal, kDesktopPath, kShortcuts, "CreateSession",
                                  on_called, this, "a{sv}", 2, "handle_token", "s", "keys",
                                  "session_handle_token", "s", "keys") >= 0;
}

// Most desktops have none yet: no word for the person.
int PortalHotkeys::on_called(sd_bus_message* answer, void*, sd_bus_error*) {
  if (sd_bus_message_is_method_error(answer, nullptr) != 0)
    log(LogLevel::Info,
        std::string("no keys by the desktop's portal: ") + sd_bus_message_get_error(answer)->message);
  return 0;
}

// The first is that of the session, the second that of the keys: what the person chose is the desktop's to
// know.
int PortalHotkeys::on_response(sd_bus_message* response, void* self, sd_bus_error*) {
  std::uint32_t refused = 1;
  if (sd_bus_message_read(response, "u", &refused) < 0 || refused != 0) return 0;
  if (of(self).session_.empty()) of(self).take_up_session(response);
  return 0;
}

void PortalHotkeys::take_up_session(sd_bus_message* response) {
  if (sd_bus_message_enter_container(response, 'a', "{sv}") <= 0) return;
  while (sd_bus_message_enter_container(response, 'e', "sv") > 0) {
    const char* name = nullptr;
    const char* session = nullptr;
    if (sd_bus_message_read(response, "s", &name) <= 0) return;
    if (std::string_view(name) == "session_handle" && sd_bus_message_read(response, "v", "s", &session) > 0) {
      session_ = session;
      return bind();
    }
    sd_bus_message_skip(response, "v");
    sd_bus_message_exit_container(response);
  }
}

void PortalHotkeys::bind() {
  sd_bus_message* made = nullptr;
  if (sd_bus_message_new_method_call(bus_, &made, kDesktopPortal, kDesktopPath, kShortcuts, "BindShortcuts") <
      0)
    return;
  const BusMessagePtr call(made);
  int done = sd_bus_message_append(made, "o", session_.c_str());
  if (done >= 0) done = sd_bus_message_open_container(made, 'a', "(sa{sv})");
  for (const PortalKey& key : kPortalKeys)
    if (done >= 0) done = append_shortcut(made, key);
  if (done >= 0) done = sd_bus_message_close_container(made);
  if (done >= 0) done = sd_bus_message_append(made, "sa{sv}", "", 1, "handle_token", "s", "bind");
  if (done >= 0) sd_bus_call_async(bus_, nullptr, made, on_called, this, 0);
}

int PortalHotkeys::on_activated(sd_bus_message* signal, void* self, sd_bus_error*) {
  const char* session = nullptr;
  const char* id = nullptr;
  if (sd_bus_message_read(signal, "os", &session, &id) <= 0 || of(self).session_ != session) return 0;
  for (const PortalKey& key : kPortalKeys)
    if (std::string_view(key.id) == id) of(self).on_press_(key.key);
  return 0;
}

}  // namespace

std::unique_ptr<Hotkeys> make_portal_hotkeys(std::function<void(Hotkey)> on_press) {
  return std::make_unique<PortalHotkeys>(std::move(on_press));
}
#else
std::unique_ptr<Hotkeys> make_portal_hotkeys(std::function<void(Hotkey)>) {
  return nullptr;
}
#endif

}  // namespace meanwhile
