// Between a window's frames and a screen reader: what each frame told goes out, what is asked for comes in.
#pragma once

#include <SDL.h>

#include <deque>
#include <functional>
#include <memory>

#include "app/platform/accessible.h"
#include "app/platform/accessible_bridge.h"
#include "app/platform/canvas.h"
#include "media/base/guarded.h"

namespace meanwhile {

// The window's thread.
class ReaderLine {
 public:
  // wake: makes the window draw soon; called on any thread.
  explicit ReaderLine(const std::function<void()>& wake);

  // true: the frame does what a reader asked for.
  bool begin_frame(Canvas& canvas);
  void end_frame(Canvas& canvas, SDL_Window* window);

 private:
  AccessibleFrame last_told_;
  Guarded<std::deque<AccessibleWish>> wishes_;      // any thread
  const std::unique_ptr<AccessibleBridge> bridge_;  // last: its thread fills the wishes
};

}  // namespace meanwhile
