#include "media/record/stills.h"

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/pixfmt.h>
}

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>

#include "media/base/byte_stream.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/ffmpeg/errors.h"
#include "media/ffmpeg/owners.h"
#include "media/ffmpeg/pictures.h"

namespace meanwhile {
namespace {

constexpr int kPosterQuality = 4;  // of libavcodec's 2 (best) to 31
constexpr int kThumbQuality = 7;
constexpr int kLargestShape = 1024;

Result<FramePtr> make_picture(int width, int height, AVPixelFormat format) {
  FramePtr frame = make_frame();
  frame->width = width;
  frame->height = height;
  frame->format = format;
  const int code = av_frame_get_buffer(frame.get(), 0);
  if (code < 0) return av_failure(code, tr("making a picture"));
  return frame;
}

struct Colors {
  int matrix;
  int full_range;
};

Result<FramePtr> convert(const AVFrame& from, Colors from_colors, int width, int height, AVPixelFormat format,
                         Colors to_colors) {
  auto to = make_picture(width, height, format);
  if (!to) return to;
  const ScalerPtr scaler(sws_getContext(from.width, from.height, static_cast<AVPixelFormat>(from.format),
                                        width, height, format, SWS_AREA, nullptr, nullptr, nullptr));
  if (!scaler) return fail(ErrorCode::Unsupported, tr("scaling a picture: this format can't be scaled"));
  constexpr int kUnchanged = 1 << 16;
  sws_setColorspaceDetails(scaler.get(), sws_getCoefficients(from_colors.matrix), from_colors.full_range,
                           sws_getCoefficients(to_colors.matrix), to_colors.full_range, 0, kUnchanged,
                           kUnchanged);
  const int code =
      sws_scale(scaler.get(), from.data, from.linesize, 0, from.height, (*to)->data, (*to)->linesize);
  if (code < 0) return av_failure(code, tr("scaling a picture"));
  return to;
}

// JPEG is BT.601 in full range, whatever the video was: by way of RGB, where libswscale knows both matrices.
Result<FramePtr> to_jpeg_colors(const AVFrame& frame, int width, int height) {
  const Colors video{is_bt709(frame) ? SWS_CS_ITU709 : SWS_CS_ITU601, frame.color_range == AVCOL_RANGE_JPEG};
  constexpr Colors kRgb{SWS_CS_ITU601, 1};
  auto rgb = convert(frame, video, width, height, AV_PIX_FMT_RGB24, kRgb);
  if (!rgb) return rgb;
  auto yuv = convert(**rgb, kRgb, width, height, AV_PIX_FMT_YUV420P, {SWS_CS_ITU601, 1});
  if (yuv) (*yuv)->color_range = AVCOL_RANGE_JPEG;
  return yuv;
}

Result<Bytes> encode_still(AVCodecID codec_id, const AVFrame& frame, int quality) {
  const AVCodec* codec = avcodec_find_encoder(codec_id);
  if (!codec) return fail(ErrorCode::Unsupported, tr("writing a picture: this FFmpeg has no encoder for it"));
  const CodecContextPtr context(avcodec_alloc_context3(codec));
  if (!context) return fail(ErrorCode::Internal, tr("writing a picture failed"));
  context->width = frame.width;
  context->height = frame.height;
  context->pix_fmt = static_cast<AVPixelFormat>(frame.format);
  context->color_range = frame.color_range;
  context->time_base = {1, 25};
  context->thread_count = 1;
  if (quality > 0) {
    context->flags |= AV_CODEC_FLAG_QSCALE;
    context->global_quality = quality * FF_QP2LAMBDA;
  }
  int code = avcodec_open2(context.get(), codec, nullptr);
  if (code >= 0) code = avcodec_send_frame(context.get(), &frame);
  if (code >= 0) code = avcodec_send_frame(context.get(), nullptr);
  const PacketPtr packet = make_packet();
  if (code >= 0) code = avcodec_receive_packet(context.get(), packet.get());
  if (code < 0) return av_failure(code, tr("writing a picture"));
  const auto bytes = std::as_bytes(std::span(packet->data, static_cast<std::size_t>(packet->size)));
  return Bytes(bytes.begin(), bytes.end());
}

int even(int value) {
  return std::max(2, value / 2 * 2);
}

}  // namespace

Result<Bytes> encode_poster(const AVFrame& frame) {
  if (frame.width <= 0 || frame.height <= 0)
    return fail(ErrorCode::InvalidArgument, tr("the picture is empty"));
  const int width = even(std::min(kPosterWidth, frame.width));
  const int height = even(static_cast<int>(static_cast<std::int64_t>(frame.height) * width / frame.width));
  auto picture = to_jpeg_colors(frame, width, height);
  if (!picture) return std::unexpected(picture.error());
  (*picture)->quality = kPosterQuality * FF_QP2LAMBDA;
  return encode_still(AV_CODEC_ID_MJPEG, **picture, kPosterQuality);
}

Result<Bytes> encode_poster(const Picture& picture) {
  const FramePtr frame = make_frame();
  frame->format = AV_PIX_FMT_YUV420P;
  frame->width = picture.width;
  frame->height = picture.height;
  frame->color_range = picture.full_range ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
  frame->colorspace = picture.bt709 ? AVCOL_SPC_BT709 : AVCOL_SPC_SMPTE170M;
  for (std::size_t plane = 0; plane < picture.planes.size(); ++plane) {
    // Read alone: the picture keeps its planes alive.
    frame->data[plane] = const_cast<std::uint8_t*>(picture.planes[plane]);
    frame->linesize[plane] = picture.strides[plane];
  }
  return encode_poster(*frame);
}

Result<Bytes> encode_thumbs(const AVFrame& sheet) {
  auto picture = to_jpeg_colors(sheet, sheet.width, sheet.height);
  if (!picture) return std::unexpected(picture.error());
  (*picture)->quality = kThumbQuality * FF_QP2LAMBDA;
  return encode_still(AV_CODEC_ID_MJPEG, **picture, kThumbQuality);
}

Result<Bytes> encode_png(int width, int height, std::span<const std::uint8_t> rgba) {
  const bool fits = width > 0 && height > 0 && width <= kLargestShape && height <= kLargestShape &&
                    rgba.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4;
  if (!fits) return fail(ErrorCode::InvalidArgument, tr("the pointer's picture has no sensible size"));
  auto frame = make_picture(width, height, AV_PIX_FMT_RGBA);
  if (!frame) return std::unexpected(frame.error());
  av_image_copy_plane((*frame)->data[0], (*frame)->linesize[0], rgba.data(), width * 4, width * 4, height);
  return encode_still(AV_CODEC_ID_PNG, **frame, 0);
}

}  // namespace meanwhile
