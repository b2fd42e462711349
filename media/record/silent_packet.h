// A packet of AAC in which nothing is to be heard.
#pragma once

#include "media/base/result.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// For a track with these parameters (AAC-LC). Errors: Unsupported (FFmpeg has no AAC, or not like that),
// Internal.
Result<PacketPtr> silent_packet(const AVCodecParameters& parameters);

}  // namespace meanwhile
