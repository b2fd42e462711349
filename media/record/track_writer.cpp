#include "media/record/track_writer.h"

extern "C" {
#include <libavutil/mathematics.h>
}

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <utility>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/time_base.h"
#include "media/record/fragment_muxer.h"
#include "media/record/track_file.h"

namespace meanwhile {

Result<std::unique_ptr<TrackWriter>> TrackWriter::create(const AVCodecContext& encoder, TrackFilePtr file) {
  const CodecParametersPtr parameters(avcodec_parameters_alloc());
  const int code = parameters ? avcodec_parameters_from_context(parameters.get(), &encoder) : AVERROR(ENOMEM);
  if (code < 0) return av_failure(code, tr("making a track's file"));
  return create(*parameters, encoder.time_base, std::move(file));
}

Result<std::unique_ptr<TrackWriter>> TrackWriter::create(const AVCodecParameters& parameters,
                                                         AVRational time_base, TrackFilePtr file) {
  std::unique_ptr<TrackWriter> writer(new TrackWriter(parameters, time_base, std::move(file)));
  MEANWHILE_TRY(writer->begin(parameters));
  return writer;
}

Result<void> TrackWriter::begin(const AVCodecParameters& parameters) {
  auto muxer = FragmentMuxer::create(parameters, time_base_, file_->next_fragment());
  if (!muxer) return std::unexpected(muxer.error());
  muxer_ = std::move(*muxer);
  auto init = muxer_->cut();
  if (!init) return std::unexpected(init.error());
  return file_->begin(std::move(*init));
}

Result<void> TrackWriter::push(PacketPtr packet) {
  const std::int64_t at = packet->dts;
  const bool is_keyframe = (packet->flags & AV_PKT_FLAG_KEY) != 0;
  if (held_) {
    if (at <= held_->dts) return fail(ErrorCode::Internal, tr("the encoder gave packets out of order"));
    MEANWHILE_TRY(add_held(at - held_->dts));
  }
  const std::int64_t most = av_rescale_q(kFragmentDuration.count(), kMicroseconds, time_base_);
  if (fragment_start_ && ((is_video_ && is_keyframe) || at - *fragment_start_ >= most)) MEANWHILE_TRY(cut());
  held_ = std::move(packet);
  return {};
}

Result<void> TrackWriter::flush(std::optional<MediaTime> end) {
  if (held_) {
    const std::int64_t until =
        end ? av_rescale_q(end->count(), kMicroseconds, time_base_) - held_->dts : held_->duration;
    MEANWHILE_TRY(add_held(std::max<std::int64_t>(1, until)));
  }
  if (!fragment_start_) return {};
  return cut();
}

MediaTime TrackWriter::end() const {
  return to_media_time(end_);
}

MediaTime TrackWriter::to_media_time(std::int64_t time) const {
  return MediaTime(av_rescale_q(time, time_base_, kMicroseconds));
}

Result<void> TrackWriter::add_held(std::int64_t duration) {
  if (!fragment_start_) fragment_start_ = held_->dts;
  held_->duration = duration;
  end_ = held_->dts + duration;
  ++packets_;
  ++fragment_packets_;
  return muxer_->add(std::exchange(held_, nullptr));
}

Result<void> TrackWriter::cut() {
  auto bytes = muxer_->cut();
  if (!bytes) return std::unexpected(bytes.error());
  file_->append(std::move(*bytes), {.start = to_media_time(fragment_start_.value_or(0)),
                                    .end = end(),
                                    .packets = std::exchange(fragment_packets_, 0)});
  fragment_start_.reset();
  return {};
}

}  // namespace meanwhile
