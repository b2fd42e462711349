#include "media/play/still_image.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <span>
#include <utility>

#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/pictures.h"

namespace meanwhile {
namespace {

constexpr const char* kDoing = tr_later("reading a poster");

Result<CodecContextPtr> open_jpeg_decoder() {
  const AVCodec* codec = avcodec_find_decoder(AV_CODEC_ID_MJPEG);
  if (!codec) return fail(ErrorCode::Unsupported, tr("this FFmpeg can't decode JPEG"));
  CodecContextPtr context(avcodec_alloc_context3(codec));
  if (!context) return fail(ErrorCode::Internal, tr(kDoing));
  context->thread_count = 1;
  context->max_pixels = static_cast<std::int64_t>(kLargestPosterSide) * kLargestPosterSide;
  if (const int error = avcodec_open2(context.get(), codec, nullptr); error < 0)
    return av_failure(error, tr(kDoing));
  return context;
}

}  // namespace

Result<PicturePtr> decode_poster(std::span<const std::byte> jpeg) {
  auto context = open_jpeg_decoder();
  if (!context) return std::unexpected(context.error());
  PacketPtr packet = make_packet();
  if (const int error = av_new_packet(packet.get(), static_cast<int>(jpeg.size())); error < 0) {
    return av_failure(error, tr(kDoing));
  }
  std::memcpy(packet->data, jpeg.data(), jpeg.size());
  FramePtr frame = make_frame();
  int error = avcodec_send_packet(context->get(), packet.get());
  if (error >= 0) error = avcodec_receive_frame(context->get(), frame.get());
  if (error < 0) return fail(ErrorCode::Corrupt, error_from_av(error, tr(kDoing)).message);
  PicturePtr picture = to_picture(std::move(frame), MediaTime{});
  if (!picture) return fail(ErrorCode::Corrupt, tr("the poster has colours that posters don't have"));
  return picture;
}

}  // namespace meanwhile
