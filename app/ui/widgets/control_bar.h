// Below the picture: play, time, sound, speed, layout, full screen.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"

namespace meanwhile {

// In units of the window: where a row is too short for all of it there are two.
float control_bar_height(const Pen& pen, float width);

void draw_control_bar(View& view, Box row);

}  // namespace meanwhile
