#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/frame_decoder.h"
#include "media/ffmpeg/owners.h"
#include "media/play/apart/apart_readers.h"
#include "media/play/apart/decoder_link.h"
#include "media/play/apart/messages.h"
#include "media/play/apart/recovering_decoder.h"
#include "media/play/apart/sent_frame.h"

namespace meanwhile {
namespace {

class ApartFrameDecoder final : public FrameDecoder {
 public:
  ApartFrameDecoder(std::unique_ptr<DecoderLink> link, bool is_picture)
      : link_(std::move(link)), is_picture_(is_picture) {}

  Result<void> open(const AVCodecParameters& track, AVRational time_base) {
    MemorySource source(pack_track(track, time_base));
    const auto done = link_->carry_out({.kind = OrderKind::OpenCodec}, source, {});
    return done ? Result<void>{} : std::unexpected(done.error());
  }

  Result<void> send(const AVPacket* packet) override {
    const auto bytes = packet ? std::as_bytes(std::span(packet->data, static_cast<std::size_t>(packet->size)))
                              : std::span<const std::byte>{};
    MemorySource source(Bytes(bytes.begin(), bytes.end()));
    const Order order{.kind = OrderKind::Decode,
                      .time = packet ? packet->pts : 0,
                      .reach = packet ? packet->flags & AV_PKT_FLAG_KEY : 0,
                      .count = packet ? 1U : 0U};
    const auto done = link_->carry_out(order, source, {});
    return done ? Result<void>{} : std::unexpected(done.error());
  }

  Result<FramePtr> receive() override {
    MemorySource nothing(Bytes{});
    const auto done = link_->carry_out({.kind = OrderKind::TakeFrame}, nothing, {});
    if (!done) return std::unexpected(done.error());
    const auto bytes = link_->take_bytes(done->place);
    const auto sent = bytes ? parse_sent_frame(*bytes) : std::nullopt;
    if (!sent || is_picture_ != (sent->samples == 0) || done->time == kNoTime)
      return fail(ErrorCode::Corrupt, tr(kNonsenseTrack));
    FramePtr frame;
    if (is_picture_) {
      const auto picture = link_->take_picture(done->picture);
      if (!picture) return fail(ErrorCode::Corrupt, tr(kNonsenseTrack));
      rate_ = {sent->rate, sent->rate_base};
      frame = frame_of(**picture, *sent);
    } else {
      frame = frame_of(*bytes, *sent);
    }
    frame->pts = done->time;
    return frame;
  }

  [[nodiscard]] AVRational frame_rate() const override { return rate_; }

 private:
  const std::unique_ptr<DecoderLink> link_;
  const bool is_picture_;
  AVRational rate_{0, 1};
};

}  // namespace

Result<std::unique_ptr<FrameDecoder>> open_frames_apart(const RecoveringDecoder::Start& start,
                                                        const AVCodecParameters& track,
                                                        AVRational time_base) {
  auto link = start();
  if (!link) return std::unexpected(link.error());
  auto decoder =
      std::make_unique<ApartFrameDecoder>(std::move(*link), track.codec_type == AVMEDIA_TYPE_VIDEO);
  MEANWHILE_TRY(decoder->open(track, time_base));
  return decoder;
}

}  // namespace meanwhile
