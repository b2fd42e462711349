// libx264 as Meanwhile uses it.
#pragma once

#include "media/base/result.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

enum class VideoUse { Screen, Camera };

// Opens an encoder for pictures like `first`: no B-frames, no lookahead, every packet out as soon as its
// frame is in; keyframes only where asked for (pict_type). Time base: microseconds. Errors: Unsupported (no
// libx264), Internal.
Result<CodecContextPtr> open_h264(const AVFrame& first, VideoUse use, double frames_per_second);

}  // namespace meanwhile
