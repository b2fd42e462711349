// The windows of an X screen that people know by name.
#pragma once

#include <xcb/xcb.h>

#include <optional>
#include <string>
#include <vector>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/capture/x11/connection.h"

namespace meanwhile {

struct AppWindow {
  xcb_window_t window = 0;
  std::string name;  // its title and its program, as a person is shown them; never empty
  Size size;         // without what the window manager puts around it
};

// The window manager's list, else the root's children; the topmost first. Left out: what can't be seen now
// (minimised, on another desktop), panels, menus and the like, windows under 64 pixels, windows without a
// name, and this program's own. x: any thread, but no other may use it meanwhile; some round trips a window.
std::vector<AppWindow> list_windows(const XScreen& x);

// Any window by its number. Errors: NotFound (there is none), InvalidArgument (the screen itself),
// Unavailable (it is minimised or hidden), Unsupported (under 16 pixels, or not 32 bits a pixel).
Result<AppWindow> find_window(const XScreen& x, xcb_window_t window);

struct WindowLayout {
  Size size;       // without the border
  int border = 0;  // X's own, which hardly any window has any more
  bool is_viewable = false;

  bool operator==(const WindowLayout& other) const;
};

// nullopt: there is no such window any more, or the server is gone.
std::optional<WindowLayout> window_layout(const XScreen& x, xcb_window_t window);

// The child of the root that holds the window: the window manager's frame, or the window itself.
xcb_window_t frame_of(const XScreen& x, xcb_window_t window);

std::string spec_for(const std::string& display, const AppWindow& window);

}  // namespace meanwhile
