#include "media/record/picture_encoder.h"

#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

Result<void> CodecEncoder::send(const AVFrame* frame) {
  const int code = avcodec_send_frame(context_.get(), frame);
  if (code < 0) return av_failure(code, tr("encoding a picture"));
  return {};
}

Result<PacketPtr> CodecEncoder::receive() {
  PacketPtr packet = make_packet();
  const int code = avcodec_receive_packet(context_.get(), packet.get());
  if (code < 0) return av_failure(code, tr("encoding a picture"));
  return packet;
}

}  // namespace meanwhile
