// SDL's objects, owned.
#pragma once

#include <SDL.h>

#include <memory>

namespace meanwhile {

struct SdlDelete {
  void operator()(SDL_Window* window) const { SDL_DestroyWindow(window); }
  void operator()(SDL_Renderer* renderer) const { SDL_DestroyRenderer(renderer); }
  void operator()(SDL_Texture* texture) const { SDL_DestroyTexture(texture); }
  void operator()(SDL_Surface* surface) const { SDL_FreeSurface(surface); }
};

using SdlWindowPtr = std::unique_ptr<SDL_Window, SdlDelete>;
using SdlRendererPtr = std::unique_ptr<SDL_Renderer, SdlDelete>;
using SdlTexturePtr = std::unique_ptr<SDL_Texture, SdlDelete>;
using SdlSurfacePtr = std::unique_ptr<SDL_Surface, SdlDelete>;

}  // namespace meanwhile
