// What the parts that talk to the X server themselves share.
#pragma once

#include <xcb/xcb.h>

#include <cstdlib>
#include <memory>

namespace meanwhile {

// Whether this desktop is X11's own, and not an X server within a Wayland session.
inline bool is_x11_session() {
  const auto is_set = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0';
  };
  return is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY");
}

struct FreeX11Reply {
  void operator()(void* reply) const { std::free(reply); }
};
template <typename T>
using X11Reply = std::unique_ptr<T, FreeX11Reply>;

struct CloseX11Connection {
  void operator()(xcb_connection_t* x) const { xcb_disconnect(x); }
};
using X11Connection = std::unique_ptr<xcb_connection_t, CloseX11Connection>;

}  // namespace meanwhile
