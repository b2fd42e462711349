// A line with a knob that the hand moves.
#pragma once

#include <optional>
#include <string_view>

#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/pen.h"

namespace meanwhile {

struct Slider {
  std::string_view name;    // of the part
  double share = 0;         // 0 to 1, where the knob is
  std::string_view spoken;  // what it is for
  std::string_view words;   // what the share means: "80 %"
  Focus focus = Focus::Takes;
};

// What it is pressed, dragged or set to comes back.
std::optional<double> draw_slider(Pen& pen, const Box& box, const Slider& slider, ImU32 color);

}  // namespace meanwhile
