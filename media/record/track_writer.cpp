#include "media/record/track_writer.h"

extern "C" {
#include <libavutil/mathematics.h>
}

#include <algorithm>
#include <utility>

namespace meanwhile {
namespace {

constexpr AVRational kMicroseconds{1, 1'000'000};

}  // namespace

Result<std::unique_ptr<TrackWriter>> TrackWriter::create(const AVCodecContext& encoder, DiskWriter& disk,
                                                         DiskFilePtr file) {
  std::unique_ptr<TrackWriter> writer(new TrackWriter(encoder, disk, std::move(file)));
  auto muxer = FragmentMuxer::create(encoder);
  if (!muxer) return std::unexpected(muxer.error());
  writer->muxer_ = std::move(*muxer);
  MEANWHILE_TRY(writer->cut());  // ftyp and moov
  return writer;
}

Result<void> TrackWriter::push(PacketPtr packet) {
  const std::int64_t at = packet->dts;
  const bool is_keyframe = (packet->flags & AV_PKT_FLAG_KEY) != 0;
  if (held_) {
    if (at <= held_->dts) return fail(ErrorCode::Internal, "the encoder gave packets out of order");
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
  return MediaTime(av_rescale_q(end_, time_base_, kMicroseconds));
}

Result<void> TrackWriter::add_held(std::int64_t duration) {
  if (!fragment_start_) fragment_start_ = held_->dts;
  held_->duration = duration;
  end_ = held_->dts + duration;
  ++packets_;
  return muxer_->add(std::exchange(held_, nullptr));
}

Result<void> TrackWriter::cut() {
  auto bytes = muxer_->cut();
  if (!bytes) return std::unexpected(bytes.error());
  fragment_start_.reset();
  disk_.append(file_, std::move(*bytes));
  return {};
}

}  // namespace meanwhile
