// Draws on the screen itself, over every window, so that what is drawn is in the recording.
#pragma once

#include <memory>

#include "media/base/layout.h"
#include "media/base/result.h"

namespace meanwhile {

// While the object lives, dragging with the left button draws in `area`, the right button takes the last
// stroke back, and no click there reaches another program. What was drawn goes with the object. On X11 only:
// Wayland lets no program draw over others. Owns the thread "screen-pen".
class ScreenPen {
 public:
  virtual ~ScreenPen() = default;
  static bool is_possible();
  // area: in the desktop's coordinates. Errors: Unsupported (no X11), Unavailable (the X server can't be
  // reached, or refuses), InvalidArgument (an empty area).
  static Result<std::unique_ptr<ScreenPen>> create(const Rect& area);
};

}  // namespace meanwhile
