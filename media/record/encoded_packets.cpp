#include "media/record/encoded_packets.h"

#include <expected>
#include <functional>
#include <utility>

#include "media/base/result.h"
#include "media/ffmpeg/h264_units.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/time_base.h"
#include "media/record/picture_encoder.h"

namespace meanwhile {

Result<void> push_encoded(PictureEncoder& encoder, const Units& sets_before_keyframes, AVRational time_base,
                          const std::function<Result<void>(PacketPtr)>& push) {
  for (;;) {
    const auto packet = encoder.receive();
    if (!packet && packet.error().is_control()) return {};
    if (!packet) return std::unexpected(packet.error());
    const bool is_keyframe = ((*packet)->flags & AV_PKT_FLAG_KEY) != 0;
    PacketPtr whole = with_lengths(**packet, is_keyframe ? sets_before_keyframes : Units{});
    whole->dts = whole->pts;  // no B-frames; some builds leave dts unset
    av_packet_rescale_ts(whole.get(), kMicroseconds, time_base);
    MEANWHILE_TRY(push(std::move(whole)));
  }
}

}  // namespace meanwhile
