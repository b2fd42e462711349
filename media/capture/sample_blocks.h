// Frames of samples as SampleSink wants them.
#pragma once

#include "media/ffmpeg/owners.h"

namespace meanwhile {

inline constexpr int kSampleRate = 48'000;

// AV_SAMPLE_FMT_FLTP, kSampleRate, not initialised. channels: 1 to kMostInputs; count > 0.
FramePtr make_sample_block(int channels, int count);

}  // namespace meanwhile
