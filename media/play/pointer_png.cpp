#include "media/play/pointer_png.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <span>

#include "media/base/mp4_box.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"
#include "media/play/pointer_image.h"

namespace meanwhile {
namespace {

// Twice what kLargestPointer squared takes without any compression.
constexpr std::size_t kLargestPngBytes = 2 << 20;

// Width and height stand first in a PNG (RFC 2083 s. 4.1.1): looked at before anything is allocated for them.
bool has_good_size(std::span<const std::byte> png) {
  BoxCursor cursor(png);
  cursor.skip(16);  // signature, length and name of the IHDR
  const std::uint32_t width = cursor.u32();
  const std::uint32_t height = cursor.u32();
  return cursor.is_good() && width >= 1 && width <= kLargestPointer && height >= 1 &&
         height <= kLargestPointer;
}

Result<FramePtr> decode(std::span<const std::byte> png) {
  CodecContextPtr context(avcodec_alloc_context3(avcodec_find_decoder(AV_CODEC_ID_PNG)));
  if (!context) return fail(ErrorCode::Unsupported, tr("this FFmpeg can't read PNG"));
  context->thread_count = 1;
  context->max_pixels = kLargestPointer * kLargestPointer;
  if (const int error = avcodec_open2(context.get(), nullptr, nullptr); error < 0)
    return av_failure(error, tr("reading a PNG"));
  PacketPtr packet = make_packet();
  if (const int error = av_new_packet(packet.get(), static_cast<int>(png.size())); error < 0) {
    return av_failure(error, tr("reading a PNG"));
  }
  std::memcpy(packet->data, png.data(), png.size());
  FramePtr frame = make_frame();
  int error = avcodec_send_packet(context.get(), packet.get());
  if (error >= 0) error = avcodec_send_packet(context.get(), nullptr);
  if (error >= 0) error = avcodec_receive_frame(context.get(), frame.get());
  if (error < 0) return fail(ErrorCode::Corrupt, tr("a pointer's picture is damaged"));
  return frame;
}

}  // namespace

Result<PointerImage> decode_pointer_png(std::span<const std::byte> png) {
  if (png.size() > kLargestPngBytes || !has_good_size(png)) {
    return fail(ErrorCode::Corrupt, tr("a pointer's picture is no PNG, or too large"));
  }
  const auto frame = decode(png);
  if (!frame) return std::unexpected(frame.error());
  const AVFrame& in = **frame;
  if (in.width < 1 || in.width > kLargestPointer || in.height < 1 || in.height > kLargestPointer) {
    return fail(ErrorCode::Corrupt, tr("a pointer's picture is too large"));
  }
  const ScalerPtr scaler(sws_getContext(in.width, in.height, static_cast<AVPixelFormat>(in.format), in.width,
                                        in.height, AV_PIX_FMT_RGBA, SWS_POINT, nullptr, nullptr, nullptr));
  if (!scaler) return fail(ErrorCode::Corrupt, tr("a pointer's picture has unknown colours"));
  PointerImage image{.width = in.width, .height = in.height};
  image.rgba.resize(static_cast<std::size_t>(in.width) * static_cast<std::size_t>(in.height) * 4);
  std::uint8_t* planes[4] = {image.rgba.data(), nullptr, nullptr, nullptr};
  const int strides[4] = {in.width * 4, 0, 0, 0};
  sws_scale(scaler.get(), in.data, in.linesize, 0, in.height, planes, strides);
  return image;
}

}  // namespace meanwhile
