#include "media/export/encoder_stream.h"

#include <cerrno>
#include <functional>
#include <new>
#include <utility>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

Result<void> check(int error, const char* doing) {
  if (error >= 0) return {};
  return av_failure(error, doing);
}

Result<CodecContextPtr> make_encoder(const char* name, AVCodecID fallback) {
  const AVCodec* codec = avcodec_find_encoder_by_name(name);
  if (!codec) codec = avcodec_find_encoder(fallback);
  if (!codec) return fail(ErrorCode::Unsupported, tr_format("this FFmpeg has no encoder like {}", name));
  CodecContextPtr context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  context->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  return context;
}

Result<AVStream*> add_stream(AVFormatContext& format, const AVCodecContext& encoder) {
  AVStream* stream = avformat_new_stream(&format, nullptr);
  if (!stream) throw std::bad_alloc();
  stream->time_base = encoder.time_base;
  if (encoder.codec_type == AVMEDIA_TYPE_VIDEO) stream->avg_frame_rate = encoder.framerate;
  MEANWHILE_TRY(check(avcodec_parameters_from_context(stream->codecpar, &encoder), tr("opening an encoder")));
  return stream;
}

Result<void> encode(AVCodecContext& encoder, const AVFrame* frame,
                    const std::function<Result<void>(PacketPtr)>& take) {
  MEANWHILE_TRY(check(avcodec_send_frame(&encoder, frame), tr("encoding")));
  for (;;) {
    PacketPtr packet = make_packet();
    const int error = avcodec_receive_packet(&encoder, packet.get());
    if (error == AVERROR(EAGAIN) || error == AVERROR_EOF) return {};
    MEANWHILE_TRY(check(error, tr("encoding")));
    MEANWHILE_TRY(take(std::move(packet)));
  }
}

Result<void> write_packet(AVFormatContext& format, const AVStream& stream, PacketPtr packet,
                          AVRational time_base) {
  packet->stream_index = stream.index;
  av_packet_rescale_ts(packet.get(), time_base, stream.time_base);
  return check(av_interleaved_write_frame(&format, packet.get()), tr("writing the MP4"));
}

}  // namespace meanwhile
