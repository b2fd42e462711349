#include "media/capture/pipewire/jpeg_decoder.h"

#include <cstdint>
#include <cstring>
#include <new>
#include <span>

#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

Result<FramePtr> JpegDecoder::decode(std::span<const std::uint8_t> bytes) {
  one_thread_.check();
  if (!decoder_) MEANWHILE_TRY(open());
  PacketPtr packet = make_packet();
  if (av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0) throw std::bad_alloc();
  std::memcpy(packet->data, bytes.data(), bytes.size());
  FramePtr frame = make_frame();
  int result = avcodec_send_packet(decoder_.get(), packet.get());
  if (result >= 0) result = avcodec_receive_frame(decoder_.get(), frame.get());
  if (result < 0) return av_failure(result, tr("decoding a camera's picture"));
  return frame;
}

Result<void> JpegDecoder::open() {
  const AVCodec* codec = avcodec_find_decoder(AV_CODEC_ID_MJPEG);
  if (!codec) return fail(ErrorCode::Unsupported, tr("decoding a camera's picture: libavcodec has no JPEG"));
  decoder_.reset(avcodec_alloc_context3(codec));
  if (!decoder_) throw std::bad_alloc();
  // A picture in, a picture out: no thread that keeps one back.
  decoder_->thread_count = 1;
  const int result = avcodec_open2(decoder_.get(), codec, nullptr);
  if (result < 0) return av_failure(result, tr("opening the decoder for a camera's pictures"));
  return {};
}

}  // namespace meanwhile
