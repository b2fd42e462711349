// The window's icon.
#pragma once

#include <SDL.h>

namespace meanwhile {

// As meanwhile.svg beside this, drawn in 64 x 64 pixels: needs no file at run time.
void set_window_icon(SDL_Window* window);

}  // namespace meanwhile
