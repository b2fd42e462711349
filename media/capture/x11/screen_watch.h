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
    bool has_new_layout = false;      // monitors moved, came, went or have another size
    bool is_connected = true;
  };

  // Errors: Unsupported (the server lacks the DAMAGE or the XFIXES extension).
  static Result<std::unique_ptr<ScreenWatch>> create(const XScreen& x);

  // What was heard since the last call. Doesn't wait and asks nothing.
  Changes poll();
  // Where the screen has changed since the last call, in its coordinates; any number, not overlapping. One
  // round trip. Changes that come later are heard of again, so no pixel is missed if they are read after
  // this.
  std::vector<Rect> take_damage();

 private:
  explicit ScreenWatch(const XScreen& x);
  void note(const xcb_generic_event_t& event, Changes& changes) const;

  const XScreen& x_;
  const xcb_damage_damage_t damage_;
  const xcb_xfixes_region_t region_;
  std::uint8_t damage_event_ = 0;
  std::uint8_t shape_event_ = 0;
  std::uint8_t first_layout_event_ = 0;  // 0: no RandR
};

}  // namespace meanwhile
