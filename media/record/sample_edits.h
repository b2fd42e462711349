// Small changes to blocks of samples: AV_SAMPLE_FMT_FLTP.
#pragma once

#include <cstdint>

#include "media/ffmpeg/owners.h"

namespace meanwhile {

// Multiplies by a factor that goes evenly from `from` to `to`; samples must be the caller's alone.
void fade(AVFrame& samples, float from, float to);
// A copy that is faded: sources' blocks are never changed.
FramePtr faded(const AVFrame& samples, float from, float to);
// Those samples of a block; shares its memory.
FramePtr part_of(const AVFrame& samples, std::int64_t first, std::int64_t count);
// The block with 1 or 2 channels: mixed together, or doubled.
FramePtr with_channels(const AVFrame& samples, int channels);

}  // namespace meanwhile
