// Whether this desktop is X11's own, and not an X server within a Wayland session.
#pragma once

#include <cstdlib>

namespace meanwhile {

inline bool is_x11_session() {
  const auto is_set = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
  };
  return is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY");
}

}  // namespace meanwhile
