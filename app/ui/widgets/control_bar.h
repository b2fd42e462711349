// Below the picture: play, time, sound, speed, layout, full screen.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"

namespace meanwhile {

constexpr float kControlBarHeight = 48;  // points

void draw_control_bar(View& view, Box row);

}  // namespace meanwhile
