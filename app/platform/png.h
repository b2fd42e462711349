// A picture of the window as a file.
#pragma once

#include <SDL.h>

#include <filesystem>

#include "media/base/result.h"

namespace meanwhile {

// Reads back what renderer has drawn in this frame (before it is presented) and writes it. Blocks.
// Errors: Internal (SDL can't read it), and those of write_file_durably.
Result<void> write_png(SDL_Renderer* renderer, const std::filesystem::path& path);

}  // namespace meanwhile
