#include "media/play/track_demuxer.h"

#include <expected>
#include <memory>
#include <new>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/track_index.h"
#include "media/base/translation.h"
#include "media/ffmpeg/avio.h"
#include "media/ffmpeg/clip_codecs.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/time_base.h"
#include "media/play/fragment_stream.h"

namespace meanwhile {

Result<std::unique_ptr<TrackDemuxer>> TrackDemuxer::open(std::shared_ptr<ByteSource> track) {
  auto stream = FragmentStream::create(std::move(track));
  if (!stream) return std::unexpected(stream.error());
  std::unique_ptr<TrackDemuxer> demuxer(new TrackDemuxer(std::move(*stream)));
  MEANWHILE_TRY(demuxer->open_format());
  return demuxer;
}

Result<void> TrackDemuxer::seek(MediaTime time) {
  const auto fragment = stream_->find_key_fragment(time);
  if (!fragment) return std::unexpected(fragment.error());
  return start_at(*fragment);
}

Result<bool> TrackDemuxer::seek_further_back() {
  if (!fragment_) return false;
  const auto earlier = stream_->find_key_fragment(fragment_->start - MediaTime(1));
  if (!earlier) return std::unexpected(earlier.error());
  if (earlier->offset >= fragment_->offset) return false;
  MEANWHILE_TRY(start_at(*earlier));
  return true;
}

Result<bool> TrackDemuxer::is_shortcut(MediaTime time, MediaTime position) {
  const auto fragment = stream_->find_key_fragment(time);
  if (!fragment) return std::unexpected(fragment.error());
  return fragment->start > position;
}

Result<void> TrackDemuxer::start_at(const Fragment& fragment) {
  fragment_ = fragment;
  stream_->start_at(fragment);
  return open_format();
}

// libavformat opens the splice anew each time: its own seeking would first read every fragment of the file.
// Not seekable, it stops at the first mdat, and goes on from fragment to fragment.
Result<void> TrackDemuxer::open_format() {
  format_.reset();
  reader_ = std::make_unique<AvioReader>(*stream_);
  reader_->context()->seekable = 0;
  AVFormatContext* context = avformat_alloc_context();
  if (!context) throw std::bad_alloc();
  context->pb = reader_->context();
  context->flags |= AVFMT_FLAG_CUSTOM_IO;
  allow_only_clips(*context);
  const int error =
      avformat_open_input(&context, nullptr, av_find_input_format("mov"), nullptr);  // frees on failure
  if (error < 0) return std::unexpected(error_from(error, tr("opening the track")));
  format_.reset(context);
  if (format_->nb_streams != 1)
    return fail(ErrorCode::Corrupt, tr("opening the track: it doesn't hold just one medium"));
  return {};
}

Error TrackDemuxer::error_from(int number, const char* doing) {
  if (auto error = reader_->take_error()) return std::move(*error);
  return error_from_av(number, doing);
}

Result<PacketPtr> TrackDemuxer::read() {
  if (!fragment_) MEANWHILE_TRY(seek(MediaTime{}));
  if (!format_) return fail(ErrorCode::EndOfStream, "reading the track");  // a seek failed
  PacketPtr packet = make_packet();
  const int error = av_read_frame(format_.get(), packet.get());
  if (error < 0) return std::unexpected(error_from(error, tr("reading the track")));
  if (packet->pts == AV_NOPTS_VALUE) packet->pts = packet->dts;
  if (packet->dts == AV_NOPTS_VALUE) packet->dts = packet->pts;
  if (packet->pts == AV_NOPTS_VALUE)
    return fail(ErrorCode::Corrupt, tr("reading the track: a packet has no time"));
  av_packet_rescale_ts(packet.get(), format_->streams[0]->time_base, kMicroseconds);
  packet->time_base = kMicroseconds;
  return packet;
}

}  // namespace meanwhile
