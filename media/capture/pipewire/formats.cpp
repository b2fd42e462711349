#include "media/capture/pipewire/formats.h"

#include <spa/buffer/buffer.h>
#include <spa/buffer/meta.h>
#include <spa/param/video/format-utils.h>
#include <spa/pod/builder.h>

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "media/base/layout.h"

namespace meanwhile {
namespace {

struct PixelName {
  spa_video_format spa;
  AVPixelFormat libav;
};
constexpr std::array kScreenPixels{
    PixelName{SPA_VIDEO_FORMAT_BGRx, AV_PIX_FMT_BGR0}, PixelName{SPA_VIDEO_FORMAT_BGRA, AV_PIX_FMT_BGRA},
    PixelName{SPA_VIDEO_FORMAT_RGBx, AV_PIX_FMT_RGB0}, PixelName{SPA_VIDEO_FORMAT_RGBA, AV_PIX_FMT_RGBA}};
constexpr std::array kCameraPixels{PixelName{SPA_VIDEO_FORMAT_I420, AV_PIX_FMT_YUV420P},
                                   PixelName{SPA_VIDEO_FORMAT_NV12, AV_PIX_FMT_NV12},
                                   PixelName{SPA_VIDEO_FORMAT_YUY2, AV_PIX_FMT_YUYV422},
                                   PixelName{SPA_VIDEO_FORMAT_UYVY, AV_PIX_FMT_UYVY422},
                                   PixelName{SPA_VIDEO_FORMAT_BGRx, AV_PIX_FMT_BGR0},
                                   PixelName{SPA_VIDEO_FORMAT_RGBx, AV_PIX_FMT_RGB0},
                                   PixelName{SPA_VIDEO_FORMAT_BGRA, AV_PIX_FMT_BGRA},
                                   PixelName{SPA_VIDEO_FORMAT_RGBA, AV_PIX_FMT_RGBA},
                                   PixelName{SPA_VIDEO_FORMAT_RGB, AV_PIX_FMT_RGB24},
                                   PixelName{SPA_VIDEO_FORMAT_BGR, AV_PIX_FMT_BGR24}};

constexpr std::uint32_t kLargestOffered = 16384;
constexpr std::uint32_t kFastestOffered = 240;
// What a face needs.
constexpr spa_rectangle kCameraSize{1280, 720};

AVPixelFormat libav_pixels(spa_video_format format) {
  for (const std::span<const PixelName> names :
       {std::span<const PixelName>(kScreenPixels), std::span<const PixelName>(kCameraPixels)}) {
    for (const PixelName& name : names) {
      if (name.spa == format) return name.libav;
    }
  }
  return AV_PIX_FMT_NONE;
}

AVColorRange libav_range(spa_video_color_range range) {
  if (range == SPA_VIDEO_COLOR_RANGE_0_255) return AVCOL_RANGE_JPEG;
  return range == SPA_VIDEO_COLOR_RANGE_16_235 ? AVCOL_RANGE_MPEG : AVCOL_RANGE_UNSPECIFIED;
}

double rate_of(const spa_fraction& rate) {
  return rate.denom == 0 ? 0 : static_cast<double>(rate.num) / rate.denom;
}

Size size_of(const spa_rectangle& size) {
  if (size.width > kLargestOffered || size.height > kLargestOffered) return {};
  return {static_cast<int>(size.width), static_cast<int>(size.height)};
}

// The first one is what we like best; the builder's form of that is to say it twice.
void add_pixels(spa_pod_builder& builder, std::span<const PixelName> pixels) {
  spa_pod_frame choice{};
  spa_pod_builder_prop(&builder, SPA_FORMAT_VIDEO_format, 0);
  spa_pod_builder_push_choice(&builder, &choice, SPA_CHOICE_Enum, 0);
  spa_pod_builder_id(&builder, pixels.front().spa);
  for (const PixelName& name : pixels) spa_pod_builder_id(&builder, name.spa);
  spa_pod_builder_pop(&builder, &choice);
}

void add_size(spa_pod_builder& builder) {
  const spa_rectangle smallest{1, 1};
  const spa_rectangle largest{kLargestOffered, kLargestOffered};
  spa_pod_builder_add(&builder, SPA_FORMAT_VIDEO_size,
                      SPA_POD_CHOICE_RANGE_Rectangle(&kCameraSize, &smallest, &largest), 0);
}

void add_rate(spa_pod_builder& builder, std::uint32_t key, spa_fraction wanted) {
  const spa_fraction slowest{0, 1};
  const spa_fraction fastest{kFastestOffered, 1};
  spa_pod_builder_add(&builder, key, SPA_POD_CHOICE_RANGE_Fraction(&wanted, &slowest, &fastest), 0);
}

const spa_pod* format_offer(spa_pod_builder& builder, std::span<const PixelName> pixels, StreamUse use,
                            int frames_per_second) {
  const spa_fraction rate{static_cast<std::uint32_t>(frames_per_second), 1};
  const spa_fraction whenever{0, 1};
  spa_pod_frame object{};
  spa_pod_builder_push_object(&builder, &object, SPA_TYPE_OBJECT_Format, SPA_PARAM_EnumFormat);
  spa_pod_builder_add(&builder, SPA_FORMAT_mediaType, SPA_POD_Id(SPA_MEDIA_TYPE_video),
                      SPA_FORMAT_mediaSubtype,
                      SPA_POD_Id(pixels.empty() ? SPA_MEDIA_SUBTYPE_mjpg : SPA_MEDIA_SUBTYPE_raw), 0);
  if (!pixels.empty()) add_pixels(builder, pixels);
  add_size(builder);
  add_rate(builder, SPA_FORMAT_VIDEO_framerate, use == StreamUse::Screen ? whenever : rate);
  if (use == StreamUse::Screen) add_rate(builder, SPA_FORMAT_VIDEO_maxFramerate, rate);
  return static_cast<const spa_pod*>(spa_pod_builder_pop(&builder, &object));
}

// size: from the smallest to the largest that we take.
const spa_pod* metadata_offer(spa_pod_builder& builder, spa_meta_type type, int wanted, int least, int most) {
  spa_pod_frame object{};
  spa_pod_builder_push_object(&builder, &object, SPA_TYPE_OBJECT_ParamMeta, SPA_PARAM_Meta);
  spa_pod_builder_add(&builder, SPA_PARAM_META_type, SPA_POD_Id(type), 0);
  if (least == most) {
    spa_pod_builder_add(&builder, SPA_PARAM_META_size, SPA_POD_Int(wanted), 0);
  } else {
    spa_pod_builder_add(&builder, SPA_PARAM_META_size, SPA_POD_CHOICE_RANGE_Int(wanted, least, most), 0);
  }
  return static_cast<const spa_pod*>(spa_pod_builder_pop(&builder, &object));
}

// The giver fixes the size, so that a narrow range would lose the pointer without a word.
constexpr int cursor_size(int side) {
  return static_cast<int>(sizeof(spa_meta_cursor) + sizeof(spa_meta_bitmap)) + side * side * 4;
}

}  // namespace

void StreamParameters::offer_formats(StreamUse use, int frames_per_second) {
  spa_pod_builder builder{};
  spa_pod_builder_init(&builder, bytes_.data(), bytes_.size());
  if (use == StreamUse::Screen) {
    pods_ = {format_offer(builder, kScreenPixels, use, frames_per_second)};
    return;
  }
  // Raw pictures of the size that we want don't fit through USB at full rate, JPEG does.
  pods_ = {format_offer(builder, {}, use, frames_per_second),
           format_offer(builder, kCameraPixels, use, frames_per_second)};
}

void StreamParameters::ask_for_buffers() {
  // While we wait for a picture to be due, the giver needs some to go on with.
  constexpr int kBuffers = 8;
  constexpr int kFewest = 2;
  constexpr int kMost = 16;
  constexpr int kMemory = (1 << SPA_DATA_MemPtr) | (1 << SPA_DATA_MemFd);
  constexpr int kRegion = sizeof(spa_meta_region);
  constexpr int kRegions = 16 * kRegion;
  constexpr int kHeader = sizeof(spa_meta_header);
  spa_pod_builder builder{};
  spa_pod_builder_init(&builder, bytes_.data(), bytes_.size());
  spa_pod_frame object{};
  spa_pod_builder_push_object(&builder, &object, SPA_TYPE_OBJECT_ParamBuffers, SPA_PARAM_Buffers);
  spa_pod_builder_add(&builder, SPA_PARAM_BUFFERS_buffers, SPA_POD_CHOICE_RANGE_Int(kBuffers, kFewest, kMost),
                      SPA_PARAM_BUFFERS_dataType, SPA_POD_CHOICE_FLAGS_Int(kMemory), 0);
  pods_ = {static_cast<const spa_pod*>(spa_pod_builder_pop(&builder, &object)),
           metadata_offer(builder, SPA_META_Header, kHeader, kHeader, kHeader),
           metadata_offer(builder, SPA_META_VideoDamage, kRegions, kRegion, kRegions),
           metadata_offer(builder, SPA_META_VideoCrop, kRegion, kRegion, kRegion),
           metadata_offer(builder, SPA_META_Cursor, cursor_size(64), cursor_size(1), cursor_size(1024))};
}

std::optional<StreamFormat> parse_format(const spa_pod& pod) {
  std::uint32_t type = 0;
  std::uint32_t subtype = 0;
  if (spa_format_parse(&pod, &type, &subtype) < 0 || type != SPA_MEDIA_TYPE_video) return std::nullopt;
  if (subtype == SPA_MEDIA_SUBTYPE_mjpg) {
    spa_video_info_mjpg info{};
    if (spa_format_video_mjpg_parse(&pod, &info) < 0) return std::nullopt;
    return StreamFormat{.size = size_of(info.size), .frames_per_second = rate_of(info.framerate)};
  }
  spa_video_info_raw info{};
  if (subtype != SPA_MEDIA_SUBTYPE_raw || spa_format_video_raw_parse(&pod, &info) < 0) return std::nullopt;
  const AVPixelFormat pixels = libav_pixels(info.format);
  if (pixels == AV_PIX_FMT_NONE) return std::nullopt;
  return StreamFormat{.pixels = pixels,
                      .range = libav_range(info.color_range),
                      .size = size_of(info.size),
                      .frames_per_second = rate_of(info.framerate)};
}

}  // namespace meanwhile
