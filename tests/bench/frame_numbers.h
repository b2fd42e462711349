// Which of a film's pictures are in a recording of it.
#pragma once

#include <cstdint>
#include <filesystem>

#include "media/base/result.h"

namespace meanwhile {

struct FilmShare {
  std::int64_t shown = 0;     // pictures from the first to the last one that is in the recording
  std::int64_t recorded = 0;  // different ones of these that are in it
};

// video: a film (film.h) in the upper left corner. Errors: as run_ffmpeg; Corrupt (no picture).
Result<FilmShare> read_frame_numbers(const std::filesystem::path& video);

}  // namespace meanwhile
