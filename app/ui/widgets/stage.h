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

void draw_stage(Pen& pen, const Box& box, const Stage& stage);

}  // namespace meanwhile
