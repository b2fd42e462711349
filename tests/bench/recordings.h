// What a recorder left behind: its pictures and bytes.
#pragma once

#include <cstdint>
#include <filesystem>

#include "media/base/result.h"
#include "tests/bench/record_stage.h"

namespace meanwhile {

// Both add to the figures what the files say. Ours: the take in a home of its own. Errors: NotFound.
Result<Recording> read_take(RecordFigures figures, const std::filesystem::path& home, const RecordPlan& plan);
// Others': one file; passes on that there are no figures. folder: for what ffprobe says. Errors: NotFound (no
// ffprobe), those of the figures.
Result<Recording> read_video(Result<RecordFigures> figures, const std::filesystem::path& video,
                             const RecordPlan& plan, const std::filesystem::path& folder);

double megabytes_per_minute(std::uintmax_t bytes, const RecordPlan& plan);

}  // namespace meanwhile
