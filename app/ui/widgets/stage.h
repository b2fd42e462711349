// Screen and camera side by side, as the viewer wants them.
#pragma once

#include <optional>
#include <string_view>

#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "media/base/layout.h"

namespace meanwhile {

struct Stage {
  std::string_view slot;  // where its textures are kept
  PicturePtr screen;
  PicturePtr camera;
  Layout layout = Layout::SideBySide;
  std::optional<PointerView> pointer = std::nullopt;
  ImU32 behind = 0;  // what shows at rounded corners
};

// Where the screen track is in the window.
struct ScreenPlace {
  Box whole;  // all of it, also what can't be seen
  Box seen;   // the part of it that is
};
// nullopt: it isn't shown. The one place that knows: the pointer and drawings follow it.
std::optional<ScreenPlace> screen_place(Pen& pen, const Box& box, const Stage& stage);
// A place of the screen track, 0 to 1 from its upper left, in the window, and back.
ImVec2 to_window(const ScreenPlace& place, ImVec2 share);
ImVec2 from_window(const ScreenPlace& place, ImVec2 point);

void draw_stage(Pen& pen, const Box& box, const Stage& stage);

}  // namespace meanwhile
