// The way from page to page: navigation, channels, and how the library stands.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"

namespace meanwhile {

// Points, for a window of this width.
float sidebar_width(float window_points);
void draw_sidebar(View& view, const Box& area);

}  // namespace meanwhile
