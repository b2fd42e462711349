// The person chooses the part of the screen that is recorded.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "app/platform/area_picker.h"
#include "app/window/aside.h"
#include "app/window/desk.h"
#include "media/base/layout.h"

namespace meanwhile {

// The window's thread only.
class AreaChoice {
 public:
  // on_area: called when one was framed; the window is back by then.
  AreaChoice(const Desk& desk, WindowAside& aside, std::function<void(const Rect&)> on_area)
      : desk_(desk), aside_(aside), on_area_(std::move(on_area)) {}

  // Hides the window, which would lie on what is to be framed.
  void begin();
  // Nothing is chosen; the window stays where it is.
  void give_up() { picker_.reset(); }

 private:
  void open();
  void take(const std::optional<Rect>& area);

  const Desk& desk_;
  WindowAside& aside_;
  const std::function<void(const Rect&)> on_area_;
  std::unique_ptr<AreaPicker> picker_;  // while the person drags
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
