// What an encoder gives, as a track's file wants it.
#pragma once

#include <functional>

#include "media/base/result.h"
#include "media/ffmpeg/h264_units.h"
#include "media/ffmpeg/owners.h"
#include "media/record/picture_encoder.h"

namespace meanwhile {

// Hands over every packet that the encoder has by now, in the track's time base, with these sets before
// keyframes. Errors: push's; Internal (the encoder's).
Result<void> push_encoded(PictureEncoder& encoder, const Units& sets_before_keyframes, AVRational time_base,
                          const std::function<Result<void>(PacketPtr)>& push);

}  // namespace meanwhile
