#include "media/capture/picture_converter.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <libyuv.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/capture/picture_pool.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

constexpr Size kLargestPicture{3840, 2160};
// Pictures that don't say which matrix they have: BT.601 below this height, BT.709 from it on, as players
// assume.
constexpr int kHighDefinition = 720;

bool has_old_full_range_name(int format) {
  return format == AV_PIX_FMT_YUVJ420P || format == AV_PIX_FMT_YUVJ422P || format == AV_PIX_FMT_YUVJ444P;
}

bool is_rgb(int format) {
  const AVPixFmtDescriptor* description = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(format));
  return description && (description->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
}

AVColorSpace matrix_of(const AVFrame& source) {
  if (is_rgb(source.format)) return AVCOL_SPC_SMPTE170M;
  if (source.colorspace != AVCOL_SPC_UNSPECIFIED && source.colorspace != AVCOL_SPC_RGB)
    return source.colorspace;
  // JPEG (JFIF) and webcams' YUYV are BT.601 in every size.
  const bool is_from_camera = has_old_full_range_name(source.format) ||
                              source.color_range == AVCOL_RANGE_JPEG || source.format == AV_PIX_FMT_YUYV422 ||
                              source.format == AV_PIX_FMT_UYVY422;
  return is_from_camera || source.height < kHighDefinition ? AVCOL_SPC_SMPTE170M : AVCOL_SPC_BT709;
}

AVColorRange range_of(const AVFrame& source) {
  const bool is_full = source.color_range == AVCOL_RANGE_JPEG || has_old_full_range_name(source.format);
  return is_full ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG;
}

void describe(const AVFrame& source, AVColorRange range, AVFrame& into) {
  into.format = AV_PIX_FMT_YUV420P;
  into.color_range = range;
  into.colorspace = matrix_of(source);
}

// The largest of this shape that fits; what is off by a few pixels is let fill the whole.
Size fitting_size(Size shape, Size room) {
  constexpr double kNearly = 0.01;
  const double across = static_cast<double>(room.width) / shape.width;
  const double down = static_cast<double>(room.height) / shape.height;
  if (std::abs(across - down) <= kNearly * std::min(across, down)) return room;
  const double factor = std::min(across, down);
  const auto even = [factor](int length, int most) {
    return std::clamp(static_cast<int>(std::lround(length * factor)) & ~1, 2, most);
  };
  return {even(shape.width, room.width), even(shape.height, room.height)};
}

}  // namespace

Size converted_size(Size source) {
  const double shrink = std::min({1.0, static_cast<double>(kLargestPicture.width) / source.width,
                                  static_cast<double>(kLargestPicture.height) / source.height});
  const auto even = [shrink](int length) {
    return std::max(static_cast<int>(std::lround(length * shrink)) & ~1, 2);
  };
  return {even(source.width), even(source.height)};
}

// An odd last row or column is cut off.
bool PictureConverter::has_target_size(const AVFrame& source) const {
  return (source.width & ~1) == pool_.width() && (source.height & ~1) == pool_.height();
}

Result<FramePtr> PictureConverter::convert(const AVFrame& source, bool belongs_to_device) {
  one_thread_.check();
  const bool is_planar_420 = source.format == AV_PIX_FMT_YUV420P || source.format == AV_PIX_FMT_YUVJ420P;
  if (has_target_size(source) && is_planar_420 && !belongs_to_device) {
    FramePtr same = reference(source);
    describe(source, range_of(source), *same);
    same->width = pool_.width();
    same->height = pool_.height();
    return same;
  }
  FramePtr frame = pool_.take();
  if (has_target_size(source) && copy_quickly(source, *frame)) {
    describe(source, range_of(source), *frame);
    return frame;
  }
  MEANWHILE_TRY(scale(source, *frame));
  describe(source, AVCOL_RANGE_MPEG, *frame);
  return frame;
}

// What cameras give, through libyuv. false: it is something else.
bool PictureConverter::copy_quickly(const AVFrame& source, AVFrame& into) const {
  const auto* const* from = source.data;
  const int* strides = source.linesize;
  const auto planes = [&](auto function, auto... sources) {
    return function(sources..., into.data[0], into.linesize[0], into.data[1], into.linesize[1], into.data[2],
                    into.linesize[2], pool_.width(), pool_.height()) == 0;
  };
  switch (source.format) {
    case AV_PIX_FMT_YUV420P:
    case AV_PIX_FMT_YUVJ420P:
      return planes(libyuv::I420Copy, from[0], strides[0], from[1], strides[1], from[2], strides[2]);
    case AV_PIX_FMT_YUV422P:
    case AV_PIX_FMT_YUVJ422P:
      return planes(libyuv::I422ToI420, from[0], strides[0], from[1], strides[1], from[2], strides[2]);
    case AV_PIX_FMT_NV12:
      return planes(libyuv::NV12ToI420, from[0], strides[0], from[1], strides[1]);
    case AV_PIX_FMT_YUYV422:
      return planes(libyuv::YUY2ToI420, from[0], strides[0]);
    case AV_PIX_FMT_UYVY422:
      return planes(libyuv::UYVYToI420, from[0], strides[0]);
    case AV_PIX_FMT_BGRA:
    case AV_PIX_FMT_BGR0:
      return planes(libyuv::ARGBToI420, from[0], strides[0]);
    default:
      return false;
  }
}

// In its own shape, in the middle, with black around: a camera may change its mind about its size.
Result<void> PictureConverter::scale(const AVFrame& source, AVFrame& into) {
  const bool has_changed = scaler_format_ != source.format || scaler_size_.width != source.width ||
                           scaler_size_.height != source.height;
  const Size inside = fitting_size({source.width, source.height}, {into.width, into.height});
  if (!scaler_ || has_changed) {
    scaler_.reset(sws_getContext(source.width, source.height, static_cast<AVPixelFormat>(source.format),
                                 inside.width, inside.height, AV_PIX_FMT_YUV420P, SWS_BICUBIC, nullptr,
                                 nullptr, nullptr));
    scaler_format_ = source.format;
    scaler_size_ = {source.width, source.height};
  }
  if (!scaler_) {
    const char* name = av_get_pix_fmt_name(static_cast<AVPixelFormat>(source.format));
    return fail(ErrorCode::Unsupported, tr_format("converting pixels of the format {}",
                                                  name ? name : tr_in("a format of pixels", "unknown")));
  }
  const int* matrix = sws_getCoefficients(matrix_of(source));
  const bool is_full = range_of(source) == AVCOL_RANGE_JPEG;
  sws_setColorspaceDetails(scaler_.get(), matrix, is_full ? 1 : 0, matrix, 0, 0, 1 << 16, 1 << 16);
  const int left = (into.width - inside.width) / 2 & ~1;
  const int top = (into.height - inside.height) / 2 & ~1;
  if (inside.width != into.width || inside.height != into.height) blacken(into);
  std::uint8_t* const planes[] = {
      into.data[0] + static_cast<std::ptrdiff_t>(top) * into.linesize[0] + left,
      into.data[1] + static_cast<std::ptrdiff_t>(top / 2) * into.linesize[1] + left / 2,
      into.data[2] + static_cast<std::ptrdiff_t>(top / 2) * into.linesize[2] + left / 2};
  sws_scale(scaler_.get(), source.data, source.linesize, 0, source.height, planes, into.linesize);
  return {};
}

}  // namespace meanwhile
