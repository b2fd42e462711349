// What clips are made of. Nothing else that a file holds is ever opened: libavcodec has hundreds of decoders,
// and a clip may be anybody's.
#pragma once

#include "media/ffmpeg/owners.h"

namespace meanwhile {

// libavformat's names: its demuxer of MP4, and all that it may look into.
constexpr const char* kClipFormats = "mov,mp4,m4a,3gp,3g2,mj2";
constexpr const char* kClipCodecs = "h264,aac";

// H.264 and AAC; nullptr: no clip holds that, or this FFmpeg can't decode it.
const AVCodec* find_clip_decoder(AVCodecID codec);

// Before avformat_open_input: no other format, no other codec, and no file or address that a file names.
void allow_only_clips(AVFormatContext& format);

}  // namespace meanwhile
