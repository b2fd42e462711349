#include "app/platform/tray_menu.h"

#ifdef MEANWHILE_TRAY
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "app/platform/tray.h"
#include "media/base/bus.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::int32_t kRoot = 0;
constexpr std::int32_t kState = 1;
constexpr std::int32_t kFirstLine = 2;
constexpr std::int32_t kPause = 3;
constexpr std::int32_t kMute = 4;
constexpr std::int32_t kStop = 5;
constexpr std::int32_t kSecondLine = 6;
constexpr std::int32_t kShow = 7;
constexpr std::array kItems{kState, kFirstLine, kPause, kMute, kStop, kSecondLine, kShow};
// The layout is one for ever: hosts ask for it once.
constexpr std::uint32_t kRevision = 1;

struct ItemLook {
  std::string label;
  bool is_line = false;
  bool is_enabled = true;
  bool is_visible = true;
  std::optional<bool> is_checked = std::nullopt;
};

ItemLook look_of(std::int32_t id, const TrayView& view) {
  switch (id) {
    case kState:
      return {.label = view.words, .is_enabled = false};
    case kPause:
      return {.label = view.is_paused ? tr_in("button", "Resume") : tr_in("button", "Pause"),
              .is_enabled = view.can_act};
    case kMute:
      return {.label = tr("Microphone off"),
              .is_enabled = view.can_act,
              .is_visible = view.has_microphone,
              .is_checked = view.is_muted};
    case kStop:
      return {.label = tr_in("button", "Stop"), .is_enabled = view.can_act};
    case kShow:
      return {.label = tr("Show Meanwhile")};
    default:
      return {.is_line = true};
  }
}

std::optional<TrayWish> wish_of(std::int32_t id) {
  switch (id) {
    case kPause:
      return TrayWish::PauseOrResume;
    case kMute:
      return TrayWish::MuteOrUnmute;
    case kStop:
      return TrayWish::Stop;
    case kShow:
      return TrayWish::ShowWindow;
    default:
      return std::nullopt;
  }
}

int append_text(sd_bus_message* message, const char* name, const char* text) {
  return sd_bus_message_append(message, "{sv}", name, "s", text);
}

int append_flag(sd_bus_message* message, const char* name, bool value) {
  return sd_bus_message_append(message, "{sv}", name, "b", static_cast<int>(value));
}

// An underscore marks the next letter as a key of the menu, unless it is written twice.
std::string without_keys(const std::string& label) {
  std::string escaped;
  for (const char letter : label) escaped.append(letter == '_' ? 2 : 1, letter);
  return escaped;
}

int append_look(sd_bus_message* message, const ItemLook& look) {
  if (look.is_line) return append_text(message, "type", "separator");
  int done = append_text(message, "label", without_keys(look.label).c_str());
  if (done >= 0) done = append_flag(message, "enabled", look.is_enabled);
  if (done >= 0) done = append_flag(message, "visible", look.is_visible);
  if (done < 0 || !look.is_checked) return done;
  done = append_text(message, "toggle-type", "checkmark");
  if (done < 0) return done;
  return sd_bus_message_append(message, "{sv}", "toggle-state", "i", *look.is_checked ? 1 : 0);
}

// The first failure of several steps, else the last result.
template <typename... Steps>
int in_turn(Steps... steps) {
  int done = 0;
  (void)((done = steps(), done >= 0) && ...);
  return done;
}

template <typename Append>
int reply(sd_bus_message* call, Append append) {
  sd_bus_message* made = nullptr;
  int done = sd_bus_message_new_method_return(call, &made);
  const BusMessagePtr answer(made);
  if (done >= 0) done = append(made);
  return done < 0 ? done : sd_bus_send(nullptr, made, nullptr);
}

}  // namespace

int TrayMenu::append_properties(sd_bus_message* message, std::int32_t id) const {
  return in_turn([&] { return sd_bus_message_open_container(message, 'a', "{sv}"); },
                 [&] {
                   return id == kRoot ? append_text(message, "children-display", "submenu")
                                      : append_look(message, look_of(id, view_));
                 },
                 [&] { return sd_bus_message_close_container(message); });
}

// (ia{sv}av): its children are those of the root.
int TrayMenu::append_item(sd_bus_message* message, std::int32_t id) const {
  const auto append_children = [&] {
    if (id != kRoot) return 0;
    for (const std::int32_t child : kItems) {
      const int done = in_turn([&] { return sd_bus_message_open_container(message, 'v', "(ia{sv}av)"); },
                               [&] { return append_item(message, child); },
                               [&] { return sd_bus_message_close_container(message); });
      if (done < 0) return done;
    }
    return 0;
  };
  return in_turn([&] { return sd_bus_message_open_container(message, 'r', "ia{sv}av"); },
                 [&] { return sd_bus_message_append(message, "i", id); },
                 [&] { return append_properties(message, id); },
                 [&] { return sd_bus_message_open_container(message, 'a', "v"); }, append_children,
                 [&] { return sd_bus_message_close_container(message); },
                 [&] { return sd_bus_message_close_container(message); });
}

int TrayMenu::answer_layout(sd_bus_message* call) const {
  std::int32_t parent = 0;
  if (const int read = sd_bus_message_read(call, "i", &parent); read < 0) return read;
  return reply(call, [&](sd_bus_message* answer) {
    return in_turn([&] { return sd_bus_message_append(answer, "u", kRevision); },
                   [&] { return append_item(answer, parent); });
  });
}

int TrayMenu::answer_group_properties(sd_bus_message* call) const {
  std::vector<std::int32_t> wanted;
  if (const int entered = sd_bus_message_enter_container(call, 'a', "i"); entered < 0) return entered;
  for (std::int32_t id = 0; sd_bus_message_read(call, "i", &id) > 0;) wanted.push_back(id);
  if (wanted.empty()) wanted.assign(kItems.begin(), kItems.end());
  return reply(call, [&](sd_bus_message* answer) {
    if (const int open = sd_bus_message_open_container(answer, 'a', "(ia{sv})"); open < 0) return open;
    for (const std::int32_t id : wanted) {
      const int done = in_turn([&] { return sd_bus_message_open_container(answer, 'r', "ia{sv}"); },
                               [&] { return sd_bus_message_append(answer, "i", id); },
                               [&] { return append_properties(answer, id); },
                               [&] { return sd_bus_message_close_container(answer); });
      if (done < 0) return done;
    }
    return sd_bus_message_close_container(answer);
  });
}

int TrayMenu::answer_property(sd_bus_message* call, sd_bus_error* error) const {
  std::int32_t id = 0;
  const char* name = nullptr;
  if (const int read = sd_bus_message_read(call, "is", &id, &name); read < 0) return read;
  const ItemLook look = look_of(id, view_);
  const auto is = [name](const char* other) { return std::strcmp(name, other) == 0; };
  if (is("label")) return sd_bus_reply_method_return(call, "v", "s", without_keys(look.label).c_str());
  if (is("enabled")) return sd_bus_reply_method_return(call, "v", "b", static_cast<int>(look.is_enabled));
  if (is("visible")) return sd_bus_reply_method_return(call, "v", "b", static_cast<int>(look.is_visible));
  if (is("type")) return sd_bus_reply_method_return(call, "v", "s", look.is_line ? "separator" : "standard");
  return sd_bus_error_set(error, SD_BUS_ERROR_INVALID_ARGS, "the item has no such property");
}

std::optional<TrayWish> TrayMenu::read_event(sd_bus_message* call) {
  std::int32_t id = 0;
  const char* event = nullptr;
  if (sd_bus_message_read(call, "is", &id, &event) < 0 || std::strcmp(event, "clicked") != 0)
    return std::nullopt;
  return wish_of(id);
}

int TrayMenu::append_update(sd_bus_message* signal) const {
  if (const int open = sd_bus_message_open_container(signal, 'a', "(ia{sv})"); open < 0) return open;
  for (const std::int32_t id : {kState, kPause, kMute, kStop}) {
    const int done = in_turn([&] { return sd_bus_message_open_container(signal, 'r', "ia{sv}"); },
                             [&] { return sd_bus_message_append(signal, "i", id); },
                             [&] { return append_properties(signal, id); },
                             [&] { return sd_bus_message_close_container(signal); });
    if (done < 0) return done;
  }
  return in_turn([&] { return sd_bus_message_close_container(signal); },
                 [&] { return sd_bus_message_append(signal, "a(ias)", 0); });
}

}  // namespace meanwhile
#endif
