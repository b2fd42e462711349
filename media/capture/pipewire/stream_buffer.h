// What is in a buffer of a PipeWire stream. It is memory that another program may write at any moment, so
// everything is checked, and nothing is read twice.
#pragma once

#include <spa/buffer/buffer.h>
#include <spa/buffer/meta.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "media/base/clock.h"
#include "media/base/layout.h"
#include "media/capture/pipewire/formats.h"
#include "media/capture/sinks.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// The pointer, as a screen's stream tells of it.
struct StreamPointer {
  bool is_here = false;  // false: it is not over this picture, or hidden
  int x = 0;             // of its tip, in pixels of the buffer
  int y = 0;
  std::optional<PointerShape> shape;  // a new one; its index is not set
};

struct StreamMetadata {
  std::optional<std::int64_t> pts_ns;
  std::uint64_t sequence = 0;               // of the picture; 0: isn't told
  std::optional<Rect> crop;                 // the part of the buffer that counts
  std::optional<std::vector<Rect>> damage;  // what changed since the buffer before; nullopt: isn't told
  std::optional<StreamPointer> pointer;     // nullopt: isn't told
};

StreamMetadata read_metadata(const spa_buffer& buffer);
// bytes: a spa_meta_cursor and what follows it. nullopt: not whole.
std::optional<StreamPointer> read_pointer(std::span<const std::byte> bytes);

// The pixels where they are: only as long as the buffer is. nullptr: it has none (only metadata, or fewer
// than its format needs), or says that they are damaged. format: not JPEG.
FramePtr view_pixels(const spa_buffer& buffer, const StreamFormat& format);
// A coded picture; empty: there is none.
std::span<const std::uint8_t> view_coded(const spa_buffer& buffer);

// The instant of a picture: PipeWire's pts is of CLOCK_MONOTONIC, as our clock; where it can't be true, or
// isn't given, now.
MonotonicTime instant_of(std::optional<std::int64_t> pts_ns, MonotonicTime now);

}  // namespace meanwhile
