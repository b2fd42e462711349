// One way of encoding a FrameLog, and what it costs and keeps.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "tests/bench/frame_log.h"

namespace meanwhile {

// As words, in any order, each name=value:
//   feed=changes (what the recorder pushes, the default) | constant (30 a second, as ffmpeg does)
//   keys=FRAMES/SECONDS (a keyframe after so many frames, or so long; the default 0/1.9) | encoder (its own)
//   codec=NAME (the default libx264), threads=N; everything else is an option of libavcodec's encoder.
struct TrialSettings {
  std::string label;
  std::string words;
};

struct TrialFigures {
  double cpu_seconds = 0;
  int frames = 0;
  std::uint64_t bytes = 0;
  double ssim = 0;        // of the luma, mean over what was on show at each 15th of a second
  double area_ssim = 0;   // of `area` alone
  double worst_ssim = 0;  // of the worst picture
  int most_held = 0;      // frames that were in the encoder at once
  int longest_chain = 0;  // pictures to decode for the one that is farthest from its keyframe
};

// Errors: InvalidArgument (words that aren't understood), Internal.
Result<TrialFigures> try_encoding(const FrameLog& log, const TrialSettings& settings, Rect area);

}  // namespace meanwhile
