// How a codec is called in the take's description and in playlists.
#pragma once

#include <string>

#include "media/ffmpeg/owners.h"

namespace meanwhile {

// "avc1.640028", "mp4a.40.2"; "" if it can't be told. encoder: opened, with AV_CODEC_FLAG_GLOBAL_HEADER.
// Source: RFC 6381 s. 3.3; ISO/IEC 14496-10 s. 7.3.2.1.1 (profile, constraints and level follow the SPS's
// type byte).
std::string codec_string(const AVCodecParameters& parameters);
std::string codec_string(const AVCodecContext& encoder);

}  // namespace meanwhile
