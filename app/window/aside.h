// Where the window is while a screen is recorded, so that it isn't in the picture.
#pragma once

#include <functional>
#include <optional>

#include "app/platform/window.h"
#include "app/ui/state.h"
#include "app/window/desk.h"
#include "media/base/clock.h"
#include "media/base/layout.h"
#include "media/capture/recorded_place.h"

namespace meanwhile {

// Fills state.record.aside, aside_words and is_strip. The window's thread only.
class WindowAside {
 public:
  WindowAside(const Desk& desk, Window& window) : desk_(desk), window_(window) {}

  // place: what is recorded. The notes and the settings count, too.
  void plan(const RecordedPlace& place);
  // Leaves the picture; then, once what was below is drawn again, does the work. At once where it may stay.
  void leave_then(std::function<void()> work);
  // The same, out of sight altogether.
  void vanish_then(std::function<void()> work);
  void come_back();
  // What waits isn't done.
  void give_up() { waiting_until_.reset(); }

  bool is_waiting() const { return waiting_until_.has_value(); }
  // Before each frame: does what has waited long enough.
  void update();
  std::optional<MonotonicTime> next_duty() const { return waiting_until_; }

 private:
  RecordPageState& page() const { return desk_.state.record; }
  void go_to(const std::optional<Rect>& place, std::function<void()> work);

  const Desk& desk_;
  Window& window_;
  std::optional<Rect> strip_;
  std::function<void()> waiting_;
  std::optional<MonotonicTime> waiting_until_;
};

}  // namespace meanwhile
