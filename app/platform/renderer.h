// Which of SDL's renderers the window draws with.
#pragma once

#include "app/platform/sdl_owners.h"
#include "app/platform/window.h"
#include "media/base/result.h"

namespace meanwhile {

struct WindowAndRenderer {
  SdlWindowPtr window;
  SdlRendererPtr renderer;
};

// A GPU's, with vertical sync, where there is one; else SDL's software renderer, which is quicker than OpenGL
// computed by the processor (llvmpipe). SDL_RENDER_DRIVER in the environment decides, if it is set. Errors:
// Unavailable (no window can be made).
Result<WindowAndRenderer> make_window_and_renderer(const WindowOptions& options);

}  // namespace meanwhile
