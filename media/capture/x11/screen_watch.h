// Hears from the X server what has changed.
#pragma once

#include <xcb/damage.h>
#include <xcb/xfixes.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/capture/x11/connection.h"

namespace meanwhile {

// The thread of the connection; x must outlive it.
class ScreenWatch {
 public:
  struct Changes {
    bool is_damaged = false;          // pixels: take_damage() says where
    std::uint32_t damaged_at_ms = 0;  // when the first of them changed, by the server's clock
    bool has_new_shape = false;       // the pointer's
    // Of the root: monitors moved, came, went or have another size. Of a window: it moved, was resized,
    // shown, hidden, put into another frame or closed.
    bool has_new_layout = false;
    bool has_new_pixmap = false;  // a window: it has been hidden, shown or resized
    bool is_connected = true;
  };

  // window: whose pixels and layout are watched, the root for the screen. Errors: Unsupported (the server
  // lacks the DAMAGE or the XFIXES extension).
  static Result<std::unique_ptr<ScreenWatch>> create(const XScreen& x, xcb_window_t window);

  // What was heard since the last call. Doesn't wait and asks nothing.
  Changes poll();
  // Where it has changed since the last call, in the window's coordinates; any number, not overlapping. One
  // round trip. Changes that come later are heard of again, so no pixel is missed if they are read after
  // this.
  std::vector<Rect> take_damage();

 private:
  ScreenWatch(const XScreen& x, xcb_window_t window);
  void note(const xcb_generic_event_t& event, Changes& changes);
  bool is_resized(const xcb_configure_notify_event_t& event);

  const XScreen& x_;
  const xcb_window_t window_;
  const xcb_damage_damage_t damage_;
  const xcb_xfixes_region_t region_;
  std::uint8_t damage_event_ = 0;
  std::uint8_t shape_event_ = 0;
  std::uint8_t first_layout_event_ = 0;  // 0: no RandR
  Size size_;                            // of the window, when we last heard
};

}  // namespace meanwhile
