// A stream of an MP4 that is being written, and the encoder whose packets go into it.
#pragma once

#include <functional>

#include "media/base/result.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// error: as libav answers.
Result<void> check(int error, const char* doing);

// Not opened. Errors: Unsupported (there is none for the format at all).
Result<CodecContextPtr> make_encoder(const char* name, AVCodecID fallback);

// For what an opened encoder gives; owned by format. Errors: Internal.
Result<AVStream*> add_stream(AVFormatContext& format, const AVCodecContext& encoder);

// frame: nullptr: no more will come. Hands over every packet that the encoder has by now, in its time base.
// Errors: Internal; take's.
Result<void> encode(AVCodecContext& encoder, const AVFrame* frame,
                    const std::function<Result<void>(PacketPtr)>& take);

// time_base: the packet's. Errors: NoSpace, Io, Internal.
Result<void> write_packet(AVFormatContext& format, const AVStream& stream, PacketPtr packet,
                          AVRational time_base);

}  // namespace meanwhile
