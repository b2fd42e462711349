// The recorders that ours is measured beside, each asked for libx264 veryfast crf 23 (OBS: its nearest words
// for it) at 30 pictures a second.
#pragma once

#include <filesystem>

#include "media/base/child_process.h"
#include "media/base/result.h"
#include "tests/bench/record_stage.h"

namespace meanwhile {

// folder: for what it writes. Errors: as run_recorder().
Result<Recording> record_by_ffmpeg(const RecordStage& stage, const RecordPlan& plan,
                                   const std::filesystem::path& folder);
// The screen alone: these have no camera that is a file.
Result<Recording> record_by_simplescreenrecorder(const RecordStage& stage, const RecordPlan& plan,
                                                 const std::filesystem::path& folder);
// Draws by software where there is no GPU. Its window is hidden, its preview off.
Result<Recording> record_by_obs(const RecordStage& stage, const RecordPlan& plan,
                                const std::filesystem::path& folder);
// A Wayland desktop's screen, through its portal. Its window is on an X server besides, out of the picture.
// Errors: also NotFound (this OBS has no PipeWire).
Result<Recording> record_by_obs_from_portal(const Environment& desktop, const RecordPlan& plan,
                                            const std::filesystem::path& folder);

}  // namespace meanwhile
