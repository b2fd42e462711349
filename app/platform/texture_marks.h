// Which pixels a texture holds, without looking at them: a number that whoever fills it renews.
#pragma once

#include <SDL.h>

#include <cstdint>

namespace meanwhile {

// Main thread, as textures are. Never the same number twice, so that another texture in the same place of the
// memory is another one.
inline void mark_as_filled(SDL_Texture* texture) {
  static std::uintptr_t last = 0;
  SDL_SetTextureUserData(texture, reinterpret_cast<void*>(++last));  // NOLINT: a number in a pointer's place
}

inline std::uint64_t mark_of(SDL_Texture* texture) {
  return texture == nullptr ? 0 : reinterpret_cast<std::uintptr_t>(SDL_GetTextureUserData(texture));
}

}  // namespace meanwhile
