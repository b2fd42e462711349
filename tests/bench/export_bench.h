// An export, side by side and with sound, beside ffmpeg's hstack of the same tracks.
#pragma once

#include <chrono>
#include <filesystem>

#include "media/base/result.h"

namespace meanwhile {

struct ExportPlan {
  std::filesystem::path cache;    // of the camera's film
  std::filesystem::path earlier;  // an earlier build's `meanwhile`, to be measured too; empty: none
  std::chrono::seconds length{60};
  int repeats = 1;  // of each, in turns
};

// Records slides, then a film, each with a talking face and a tone; exports each in each way. Prints tables.
// Errors: NotFound (a program that isn't installed), Unavailable, Io.
Result<void> measure_exports(const ExportPlan& plan);

}  // namespace meanwhile
