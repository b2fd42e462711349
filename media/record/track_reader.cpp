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
#include "media/base/translation.h"
#include "media/ffmpeg/clip_codecs.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

Result<std::unique_ptr<TrackReader>> TrackReader::open(ByteSource& track) {
  std::unique_ptr<TrackReader> reader(new TrackReader(track));
  AVFormatContext* format = avformat_alloc_context();
  if (!format) return fail(ErrorCode::Internal, tr("reading a track failed"));
  format->pb = reader->io_.context();
  format->flags |= AVFMT_FLAG_CUSTOM_IO;
  allow_only_clips(*format);
  const AVInputFormat* mp4 = av_find_input_format("mp4");
  const int code = avformat_open_input(&format, nullptr, mp4, nullptr);  // frees format on failure
  if (code < 0) return av_failure(code, tr("reading a track"));
  reader->format_.reset(format);
  if (format->nb_streams != 1)
    return fail(ErrorCode::Corrupt, tr("reading a track: it holds more or less than one medium"));
  if (!find_clip_decoder(reader->parameters().codec_id))
    return fail(ErrorCode::Unsupported, tr("reading a track: it is neither H.264 nor AAC"));
  return reader;
}

Result<PacketPtr> TrackReader::read_packet() {
  one_thread_.check();
  PacketPtr packet = make_packet();
  const int code = av_read_frame(format_.get(), packet.get());
  if (code >= 0) return packet;
  if (auto error = io_.take_error()) return std::unexpected(std::move(*error));
  return av_failure(code, tr("reading a track"));
}

Result<FramePtr> TrackReader::read_frame() {
  one_thread_.check();
  if (!decoder_) {
    auto opened = open_frame_decoder(parameters(), time_base());
    if (!opened) return std::unexpected(opened.error());
    decoder_ = std::move(*opened);
  }
  for (;;) {
    auto frame = decoder_->receive();
    if (frame || frame.error().code != ErrorCode::TryAgain) return frame;
    MEANWHILE_TRY(feed_decoder());
  }
}

Result<void> TrackReader::feed_decoder() {
  for (;;) {
    const auto packet = read_packet();
    if (!packet && packet.error().code != ErrorCode::EndOfStream) return std::unexpected(packet.error());
    const bool is_passed_over = packet && wants_keyframes_ && ((*packet)->flags & AV_PKT_FLAG_KEY) == 0;
    if (!is_passed_over) return decoder_->send(packet ? packet->get() : nullptr);
  }
}

MediaTime TrackReader::time_of(const AVFrame& frame) const {
  return MediaTime(av_rescale_q(frame.pts, time_base(), {1, 1'000'000}));
}

}  // namespace meanwhile
