// Which tracks of a foreign file are what our takes are made of, so that they needn't be encoded again.
#pragma once

#include <set>

#include "media/base/byte_stream.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// The numbers of those streams. format: of file, opened; only looked at: the file is read once more from its
// beginning, to its end, where a stream may fit. Pictures: H.264 as MP4 has it, 8-bit 4:2:0, up to High,
// progressive, upright, square pixels, even sides, no B-frames, a keyframe first and then each 10 s. Sound:
// AAC-LC, 48 kHz, one or two channels, without a hole. Both begin where the file does.
std::set<int> streams_to_copy(ByteSource& file, const AVFormatContext& format);

}  // namespace meanwhile
