// Lets the person drag a frame over the screen.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "media/base/layout.h"
#include "media/base/result.h"

namespace meanwhile {

// While the object lives, pointer and keyboard are its own, on X11 only: a Wayland desktop asks in its own
// dialog which part of it may be recorded. Owns the thread "area-picker".
class AreaPicker {
 public:
  // Smaller is a click that went wrong.
  static constexpr int kSmallest = 32;

  virtual ~AreaPicker() = default;
  static bool is_possible();
  // on_done: once, on that thread; must return at once, and not destroy the object. nullopt: Esc, the right
  // button, or a frame that is too small. The area is in the desktop's coordinates and of even size. Errors:
  // Unsupported (no X11), Unavailable (the X server can't be reached, or another program holds the pointer).
  static Result<std::unique_ptr<AreaPicker>> create(std::function<void(std::optional<Rect>)> on_done);
};

// The frame between two corners, kept on a screen of that size. nullopt: it is too small.
std::optional<Rect> area_between(int x, int y, int other_x, int other_y, Size screen);

}  // namespace meanwhile
