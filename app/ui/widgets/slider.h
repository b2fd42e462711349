// A line with a knob that the hand moves.
#pragma once

#include <optional>
#include <string_view>

#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/pen.h"

namespace meanwhile {

// share: 0 to 1, where the knob is. What is pressed or dragged to comes back.
std::optional<double> draw_slider(Pen& pen, const Box& box, std::string_view name, double share, ImU32 color,
                                  Focus focus = Focus::Takes);

}  // namespace meanwhile
