// Writes one ordinary MP4 of a clip as its author arranged it: its pictures composed, the pointer drawn, the
// sounds mixed. Where nothing is to be drawn, the pictures stay as they were recorded.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "media/base/chapters.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/web_vtt.h"
#include "media/export/output_rate.h"
#include "media/play/clip_media.h"

namespace meanwhile {

struct ExportOptions {
  Layout layout = Layout::SideBySide;
  // Instead of those that the clip's author arranged, too.
  bool is_layout_chosen = false;
  // About: a picture that changes is shown at its own time, to half of 0.9 / frames_per_second.
  int frames_per_second = 30;
  // Longest side of the written picture; never scaled up.
  int max_width = 2560;
  bool highlight_clicks = true;
  // What of that which is shown of the clip; `to` not set: to its end.
  MediaTime from{};
  std::optional<MediaTime> to;
  Chapters chapters = {};             // of the whole clip, as it was recorded
  std::vector<VttCue> captions = {};  // likewise, by time; a stream that players can show
  OutputRate rate = {};
};

// Writes out (through a temporary file beside it; out appears when it is whole, faststart); of a clip that
// has only sound, sound. progress: 0 to 1, on this thread. Blocks. A damaged track is left out with a
// warning. Errors: NotFound (a track), Corrupt (nothing in it can be read), InvalidArgument (there is nothing
// in it), AlreadyExists (out is there), NoSpace, Aborted (stop), Io.
Result<void> export_clip(const ClipMedia& media, const std::filesystem::path& out,
                         const ExportOptions& options, const std::function<void(double)>& progress,
                         std::stop_token stop);

}  // namespace meanwhile
