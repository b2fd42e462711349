#include "media/capture/pipewire/stream_buffer.h"

#include <spa/param/video/raw.h>

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "media/base/clock.h"
#include "media/base/layout.h"
#include "media/capture/pipewire/formats.h"
#include "media/capture/pointer_shapes.h"
#include "media/capture/sinks.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

// Larger pointers there are not; a wrong size must not cost gigabytes.
constexpr std::uint32_t kLargestPointer = 1024;

template <typename T>
std::optional<T> read_at(std::span<const std::byte> bytes, std::size_t offset) {
  if (offset > bytes.size() || bytes.size() - offset < sizeof(T)) return std::nullopt;
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

std::span<const std::byte> bytes_of(const spa_buffer& buffer, spa_meta_type type) {
  const spa_meta* meta = spa_buffer_find_meta(&buffer, type);
  if (!meta || !meta->data) return {};
  return {static_cast<const std::byte*>(meta->data), meta->size};
}

// nullopt: the entry that ends a list, or no area.
std::optional<Rect> rect_of(const spa_meta_region& meta) {
  const spa_region& region = meta.region;
  constexpr std::int64_t kFar = 1 << 20;
  if (region.size.width == 0 || region.size.height == 0) return std::nullopt;
  const auto clamped = [=](std::int64_t value) { return static_cast<int>(std::clamp(value, -kFar, kFar)); };
  return Rect{clamped(region.position.x), clamped(region.position.y), clamped(region.size.width),
              clamped(region.size.height)};
}

std::optional<std::vector<Rect>> read_damage(std::span<const std::byte> bytes) {
  std::vector<Rect> areas;
  for (std::size_t offset = 0;; offset += sizeof(spa_meta_region)) {
    const auto region = read_at<spa_meta_region>(bytes, offset);
    const auto area = region ? rect_of(*region) : std::nullopt;
    if (!area) break;
    areas.push_back(*area);
  }
  // A picture in which nothing changed isn't sent: then its giver doesn't know.
  if (areas.empty()) return std::nullopt;
  return areas;
}

// The bytes of a pixel as 0xAARRGGBB. Desktops name the order of bytes in memory.
std::uint32_t argb_of(const std::uint8_t* pixel, std::uint32_t format) {
  const auto word = [pixel](int a, int r, int g, int b) {
    return static_cast<std::uint32_t>(pixel[a]) << 24 | static_cast<std::uint32_t>(pixel[r]) << 16 |
           static_cast<std::uint32_t>(pixel[g]) << 8 | pixel[b];
  };
  switch (format) {
    case SPA_VIDEO_FORMAT_RGBA:
      return word(3, 0, 1, 2);
    case SPA_VIDEO_FORMAT_ARGB:
      return word(0, 1, 2, 3);
    case SPA_VIDEO_FORMAT_ABGR:
      return word(0, 3, 2, 1);
    default:
      return word(3, 2, 1, 0);
  }
}

bool is_readable(std::uint32_t format) {
  return format == SPA_VIDEO_FORMAT_RGBA || format == SPA_VIDEO_FORMAT_BGRA ||
         format == SPA_VIDEO_FORMAT_ARGB || format == SPA_VIDEO_FORMAT_ABGR;
}

PointerShape invisible_shape() {
  return {.index = 0, .width = 1, .height = 1, .hot_x = 0, .hot_y = 0, .rgba = {0, 0, 0, 0}};
}

// bytes: a spa_meta_bitmap and what follows it. nullopt: no news of the shape.
std::optional<PointerShape> read_shape(std::span<const std::byte> bytes, spa_point hot) {
  const auto bitmap = read_at<spa_meta_bitmap>(bytes, 0);
  if (!bitmap || bitmap->format == SPA_VIDEO_FORMAT_UNKNOWN) return std::nullopt;
  const auto [width, height] = bitmap->size;
  if (bitmap->offset == 0 || width == 0 || height == 0) return invisible_shape();
  if (width > kLargestPointer || height > kLargestPointer || bitmap->stride < static_cast<int>(width * 4) ||
      !is_readable(bitmap->format) || bitmap->offset > bytes.size()) {
    return std::nullopt;
  }
  const auto pixels = bytes.subspan(bitmap->offset);
  const auto stride = static_cast<std::size_t>(bitmap->stride);
  if (pixels.size() < stride * (height - 1) + width * 4) return std::nullopt;
  std::vector<std::uint32_t> argb;
  argb.reserve(std::size_t{width} * height);
  for (std::uint32_t y = 0; y < height; ++y) {
    const auto* row = reinterpret_cast<const std::uint8_t*>(pixels.data() + y * stride);
    for (std::uint32_t x = 0; x < width; ++x) argb.push_back(argb_of(row + x * 4, bitmap->format));
  }
  const auto inside = [](std::int32_t value) {
    return std::clamp(value, 0, static_cast<std::int32_t>(kLargestPointer));
  };
  return PointerShape{.index = 0,
                      .width = static_cast<int>(width),
                      .height = static_cast<int>(height),
                      .hot_x = inside(hot.x),
                      .hot_y = inside(hot.y),
                      .rgba = straight_rgba(argb.data(), argb.size())};
}

// The valid bytes of one of a buffer's memories.
std::span<const std::uint8_t> bytes_of(const spa_data& data) {
  if (!data.data || !data.chunk || data.maxsize == 0) return {};
  const spa_chunk chunk = *data.chunk;
  if ((chunk.flags & SPA_CHUNK_FLAG_CORRUPTED) != 0) return {};
  const std::uint32_t offset = chunk.offset % data.maxsize;
  const std::uint32_t size = std::min(chunk.size, data.maxsize - offset);
  return {static_cast<const std::uint8_t*>(data.data) + offset, size};
}

bool is_damaged(const spa_buffer& buffer) {
  const auto header = read_at<spa_meta_header>(bytes_of(buffer, SPA_META_Header), 0);
  return header && (header->flags & SPA_META_HEADER_FLAG_CORRUPTED) != 0;
}

struct PlaneShape {
  int count = 0;
  std::array<int, 4> row_bytes{};
  std::array<int, 4> rows{};
};

PlaneShape planes_of(const StreamFormat& format) {
  PlaneShape shape{.count = av_pix_fmt_count_planes(format.pixels)};
  const AVPixFmtDescriptor& pixels = *av_pix_fmt_desc_get(format.pixels);
  for (int plane = 0; plane < shape.count; ++plane) {
    const int shift = plane == 0 ? 0 : pixels.log2_chroma_h;
    const auto index = static_cast<std::size_t>(plane);
    shape.row_bytes[index] = av_image_get_linesize(format.pixels, format.size.width, plane);
    shape.rows[index] = -((-format.size.height) >> shift);
  }
  return shape;
}

// Points frame's plane to the bytes; false: they are too few.
bool set_plane(AVFrame& frame, std::size_t plane, std::span<const std::uint8_t> bytes, int stride,
               const PlaneShape& shape) {
  const auto needed = static_cast<std::int64_t>(stride) * (shape.rows[plane] - 1) + shape.row_bytes[plane];
  if (stride < shape.row_bytes[plane] || static_cast<std::int64_t>(bytes.size()) < needed) return false;
  frame.data[plane] = const_cast<std::uint8_t*>(bytes.data());
  frame.linesize[plane] = stride;
  return true;
}

int stride_of(const spa_data& data, int least) {
  const int stride = data.chunk->stride;
  return stride == 0 ? least : stride;
}

// All planes in one memory, one behind the other; those of chroma in proportion to the first one's stride.
bool set_planes_of_one(AVFrame& frame, const spa_data& data, const PlaneShape& shape) {
  auto bytes = bytes_of(data);
  if (bytes.empty()) return false;
  const std::int64_t luma_stride = stride_of(data, shape.row_bytes[0]);
  if (luma_stride < shape.row_bytes[0] || luma_stride > (1 << 20)) return false;
  for (int i = 0; i < shape.count; ++i) {
    const auto plane = static_cast<std::size_t>(i);
    const auto stride = static_cast<int>(luma_stride * shape.row_bytes[plane] / shape.row_bytes[0]);
    if (!set_plane(frame, plane, bytes, stride, shape)) return false;
    const auto used = static_cast<std::size_t>(stride) * static_cast<std::size_t>(shape.rows[plane]);
    bytes = bytes.subspan(std::min(used, bytes.size()));
  }
  return true;
}

bool set_planes_of_many(AVFrame& frame, const spa_buffer& buffer, const PlaneShape& shape) {
  for (int i = 0; i < shape.count; ++i) {
    const auto plane = static_cast<std::size_t>(i);
    const spa_data& data = buffer.datas[plane];
    const auto bytes = bytes_of(data);
    if (bytes.empty() || !set_plane(frame, plane, bytes, stride_of(data, shape.row_bytes[plane]), shape))
      return false;
  }
  return true;
}

}  // namespace

StreamMetadata read_metadata(const spa_buffer& buffer) {
  StreamMetadata metadata;
  if (const auto header = read_at<spa_meta_header>(bytes_of(buffer, SPA_META_Header), 0)) {
    if (header->pts > 0) metadata.pts_ns = header->pts;
    metadata.sequence = header->seq;
  }
  if (const auto crop = read_at<spa_meta_region>(bytes_of(buffer, SPA_META_VideoCrop), 0))
    metadata.crop = rect_of(*crop);
  metadata.damage = read_damage(bytes_of(buffer, SPA_META_VideoDamage));
  metadata.pointer = read_pointer(bytes_of(buffer, SPA_META_Cursor));
  return metadata;
}

std::optional<StreamPointer> read_pointer(std::span<const std::byte> bytes) {
  const auto cursor = read_at<spa_meta_cursor>(bytes, 0);
  if (!cursor) return std::nullopt;
  StreamPointer pointer{
      .is_here = cursor->id != 0, .x = cursor->position.x, .y = cursor->position.y, .shape = {}};
  if (pointer.is_here && cursor->bitmap_offset >= sizeof(spa_meta_cursor) &&
      cursor->bitmap_offset < bytes.size())
    pointer.shape = read_shape(bytes.subspan(cursor->bitmap_offset), cursor->hotspot);
  return pointer;
}

FramePtr view_pixels(const spa_buffer& buffer, const StreamFormat& format) {
  if (buffer.n_datas == 0 || is_damaged(buffer) || format.size.width < 2 || format.size.height < 2)
    return nullptr;
  const PlaneShape shape = planes_of(format);
  FramePtr frame = make_frame();
  frame->format = format.pixels;
  frame->color_range = format.range;
  frame->width = format.size.width;
  frame->height = format.size.height;
  const bool is_whole = buffer.n_datas >= static_cast<std::uint32_t>(shape.count) && shape.count > 1
                            ? set_planes_of_many(*frame, buffer, shape)
                            : set_planes_of_one(*frame, buffer.datas[0], shape);
  return is_whole ? std::move(frame) : nullptr;
}

std::span<const std::uint8_t> view_coded(const spa_buffer& buffer) {
  if (buffer.n_datas == 0 || is_damaged(buffer)) return {};
  return bytes_of(buffer.datas[0]);
}

MonotonicTime instant_of(std::optional<std::int64_t> pts_ns, MonotonicTime now) {
  constexpr auto kOldest = std::chrono::milliseconds(500);
  if (!pts_ns) return now;
  const MonotonicTime at{std::chrono::microseconds(*pts_ns / 1000)};
  return at <= now && now - at <= kOldest ? at : now;
}

}  // namespace meanwhile
