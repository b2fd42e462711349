// What "Clean up sound" does to speech with a fan, a hum and keys that are struck, beside FFmpeg's afftdn.
#pragma once

#include <filesystem>

#include "media/base/result.h"

namespace meanwhile {

// cache: a folder for the spoken words. Prints a table. Errors: NotFound (espeak-ng or ffmpeg isn't
// installed), Io.
Result<void> measure_clean_sound(const std::filesystem::path& cache);

}  // namespace meanwhile
