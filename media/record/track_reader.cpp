#include "media/record/track_reader.h"

extern "C" {
#include <libavutil/mathematics.h>
}

#include <cerrno>
#include <expected>
#include <memory>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/ffmpeg/clip_codecs.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

Result<std::unique_ptr<TrackReader>> TrackReader::open(ByteSource& track) {
  std::unique_ptr<TrackReader> reader(new TrackReader(track));
  AVFormatContext* format = avformat_alloc_context();
  if (!format) return fail(ErrorCode::Internal, "reading a track failed");
  format->pb = reader->io_.context();
  format->flags |= AVFMT_FLAG_CUSTOM_IO;
  allow_only_clips(*format);
  const AVInputFormat* mp4 = av_find_input_format("mp4");
  const int code = avformat_open_input(&format, nullptr, mp4, nullptr);  // frees format on failure
  if (code < 0) return av_failure(code, "reading a track");
  reader->format_.reset(format);
  if (format->nb_streams != 1)
    return fail(ErrorCode::Corrupt, "reading a track: it holds more or less than one medium");
  MEANWHILE_TRY(reader->open_decoder());
  return reader;
}

Result<void> TrackReader::open_decoder() {
  const AVCodec* codec = find_clip_decoder(parameters().codec_id);
  if (!codec) return fail(ErrorCode::Unsupported, "reading a track: it is neither H.264 nor AAC");
  decoder_.reset(avcodec_alloc_context3(codec));
  if (!decoder_) return fail(ErrorCode::Internal, "reading a track failed");
  int code = avcodec_parameters_to_context(decoder_.get(), &parameters());
  decoder_->pkt_timebase = time_base();
  decoder_->thread_count = 1;
  if (code >= 0) code = avcodec_open2(decoder_.get(), codec, nullptr);
  if (code < 0) return av_failure(code, "reading a track");
  return {};
}

Result<PacketPtr> TrackReader::read_packet() {
  one_thread_.check();
  PacketPtr packet = make_packet();
  const int code = av_read_frame(format_.get(), packet.get());
  if (code >= 0) return packet;
  if (auto error = io_.take_error()) return std::unexpected(std::move(*error));
  return av_failure(code, "reading a track");
}

Result<FramePtr> TrackReader::read_frame() {
  one_thread_.check();
  FramePtr frame = make_frame();
  for (;;) {
    const int code = avcodec_receive_frame(decoder_.get(), frame.get());
    if (code >= 0) return frame;
    if (code != AVERROR(EAGAIN)) return av_failure(code, "decoding a track");
    MEANWHILE_TRY(feed_decoder());
  }
}

Result<void> TrackReader::feed_decoder() {
  const auto packet = read_packet();
  if (!packet && packet.error().code != ErrorCode::EndOfStream) return std::unexpected(packet.error());
  const int code = avcodec_send_packet(decoder_.get(), packet ? packet->get() : nullptr);
  if (code < 0) return av_failure(code, "decoding a track");
  return {};
}

MediaTime TrackReader::time_of(const AVFrame& frame) const {
  return MediaTime(av_rescale_q(frame.pts, time_base(), {1, 1'000'000}));
}

}  // namespace meanwhile
