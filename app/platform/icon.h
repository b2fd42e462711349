// The window's icon.
#pragma once

#include <SDL.h>

#include "app/platform/window.h"

namespace meanwhile {

// As meanwhile.svg beside this, drawn in 64 x 64 pixels: needs no file at run time. A badge lies on its upper
// right corner.
void set_window_icon(SDL_Window* window, WindowBadge badge);

}  // namespace meanwhile
