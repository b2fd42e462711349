// Below the take's picture: play, its length, and its sound with a handle at either end of what is kept.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"

namespace meanwhile {

constexpr float kTrimBarHeight = 56;  // points

// Seeks while the bar or a handle is dragged.
void draw_trim_bar(View& view, Box row);

}  // namespace meanwhile
