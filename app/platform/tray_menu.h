// The menu of the tray's sign, as com.canonical.dbusmenu asks for it. Source: dbus-menu.xml of
// libdbusmenu, version 3 of the interface.
#pragma once

#ifdef MEANWHILE_TRAY
#include <systemd/sd-bus.h>

#include <cstdint>
#include <optional>

#include "app/platform/tray.h"

namespace meanwhile {

inline constexpr const char* kTrayMenuPath = "/MenuBar";
inline constexpr const char* kTrayMenuInterface = "com.canonical.dbusmenu";

// Answers what was asked of the menu, which never changes its items, only their words. Negative: errno.
// One thread at a time.
class TrayMenu {
 public:
  void show(const TrayView& view) { view_ = view; }

  int answer_layout(sd_bus_message* call) const;
  int answer_group_properties(sd_bus_message* call) const;
  int answer_property(sd_bus_message* call, sd_bus_error* error) const;
  // What a press of an item asks for; nullopt: the event was something else.
  static std::optional<TrayWish> read_event(sd_bus_message* call);
  // Appends what ItemsPropertiesUpdated says: all items as they are now.
  int append_update(sd_bus_message* signal) const;

 private:
  int append_item(sd_bus_message* message, std::int32_t id) const;
  int append_properties(sd_bus_message* message, std::int32_t id) const;

  TrayView view_;
};

}  // namespace meanwhile
#endif
