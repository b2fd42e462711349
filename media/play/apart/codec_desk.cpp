#include "media/play/apart/codec_desk.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/frame_decoder.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/pictures.h"
#include "media/play/apart/messages.h"
#include "media/play/apart/packets.h"
#include "media/play/apart/sent_frame.h"

namespace meanwhile {

Result<void> CodecDesk::open(std::span<const std::byte> bytes) {
  const auto track = unpack_track(bytes);
  if (!track) return std::unexpected(track.error());
  auto decoder = open_frame_decoder_here(*track->parameters, track->time_base);
  if (!decoder) return std::unexpected(decoder.error());
  decoder_ = std::move(*decoder);
  return {};
}

Result<void> CodecDesk::decode(const Order& order, std::span<const std::byte> bytes) {
  if (!decoder_) return fail(ErrorCode::Internal, tr("no track is open"));
  if (order.count == 0) return decoder_->send(nullptr);
  const PacketPtr packet = make_packet();
  if (av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0) throw std::bad_alloc();
  std::ranges::copy(bytes, reinterpret_cast<std::byte*>(packet->data));
  packet->pts = packet->dts = order.time;
  packet->flags = static_cast<int>(order.reach);
  return decoder_->send(packet.get());
}

Result<CodecDesk::Given> CodecDesk::take() {
  if (!decoder_) return fail(ErrorCode::Internal, tr("no track is open"));
  auto frame = decoder_->receive();
  if (!frame) return std::unexpected(frame.error());
  Given given;
  given.at = std::clamp((*frame)->pts, -kLatestSentTime, kLatestSentTime);
  if ((*frame)->nb_samples > 0) {
    if ((*frame)->format != AV_SAMPLE_FMT_FLTP)
      return fail(ErrorCode::Unsupported, tr("the sound is of another kind"));
    given.rest = pack_sound(**frame);
    return given;
  }
  const SentFrame sent = sent_frame(**frame, decoder_->frame_rate());
  const auto rest = bytes_of(sent);
  given.rest.assign(rest.begin(), rest.end());
  given.picture = to_picture(std::move(*frame), MediaTime{});
  if (!given.picture) return fail(ErrorCode::Unsupported, tr("the pictures are of another kind"));
  return given;
}

}  // namespace meanwhile
