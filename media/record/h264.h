// libx264 as Meanwhile uses it.
#pragma once

#include <memory>

#include "media/base/result.h"
#include "media/record/picture_encoder.h"

namespace meanwhile {

// Sizes, colours, times: what every encoder of these pictures has in common.
void describe_pictures(AVCodecContext& context, const EncoderRequest& request);

// No B-frames, no lookahead, every packet out as soon as its frame is in; keyframes only where asked for
// (pict_type). Both efforts have the same parameter sets, so that a track can change between them at a
// keyframe. Errors: Unsupported (no libx264), Internal.
Result<std::unique_ptr<PictureEncoder>> open_libx264(const EncoderRequest& request);

}  // namespace meanwhile
