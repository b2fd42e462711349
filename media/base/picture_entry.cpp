#include "media/base/picture_entry.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/layout.h"
#include "media/base/mp4_box.h"
#include "media/base/result.h"
#include "media/base/track_index.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// A recorder's is about a kilobyte.
constexpr std::uint64_t kLargestBeginning = 1 << 20;

// Source: ISO/IEC 14496-12 s. 8.5.2 (SampleEntry), s. 12.1.3 (VisualSampleEntry).
constexpr std::size_t kBeforeSize = 24;
constexpr std::size_t kBehindSize = 50;

// What was found on the way down to the sample entry.
struct Found {
  std::optional<Size> size;
  std::optional<ColourNumbers> colours;
  std::optional<std::vector<std::uint8_t>> avcc;
  bool is_strange = false;  // times or pixels aren't as they are
};

// Source: ISO/IEC 14496-12 s. 12.1.5.
bool read_colours(ByteView payload, Found& found) {
  BoxCursor cursor(payload);
  if (cursor.u32() != box_type("nclx")) return true;
  ColourNumbers colours;
  const std::uint32_t both = cursor.u32();
  colours.primaries = both >> 16;
  colours.transfer = both & 0xffff;
  const ByteView rest = payload.last(cursor.left());
  if (!cursor.is_good() || rest.size() < 3) return false;
  colours.matrix = std::to_integer<unsigned>(rest[0]) << 8 | std::to_integer<unsigned>(rest[1]);
  colours.is_full_range = (rest[2] & std::byte{0x80}) != std::byte{};
  found.colours = colours;
  return true;
}

bool read_entry(ByteView payload, Found& found) {
  BoxCursor cursor(payload);
  cursor.skip(kBeforeSize);
  const std::uint32_t size = cursor.u32();
  cursor.skip(kBehindSize);
  if (!cursor.is_good()) return false;
  found.size = Size{static_cast<int>(size >> 16), static_cast<int>(size & 0xffff)};
  return for_each_box(payload.last(cursor.left()), [&](std::uint32_t type, ByteView child) {
    if (type == box_type("colr")) return read_colours(child, found);
    if (type == box_type("avcC")) {
      const auto* bytes = reinterpret_cast<const std::uint8_t*>(child.data());
      found.avcc.emplace(bytes, bytes + child.size());
    }
    if (type == box_type("pasp")) {
      BoxCursor shape(child);
      const std::uint32_t width = shape.u32();
      if (width != shape.u32()) found.is_strange = true;
    }
    return true;
  });
}

// One kind of sample, and that H.264. Source: ISO/IEC 14496-12 s. 8.5.2; 14496-15 s. 5.4.2.1.
bool read_descriptions(ByteView payload, Found& found) {
  BoxCursor cursor(payload);
  cursor.skip(4);  // version and flags
  if (cursor.u32() != 1) return false;
  return for_each_box(payload.last(cursor.left()), [&](std::uint32_t type, ByteView child) {
    return type == box_type("avc1") && read_entry(child, found);
  });
}

// Which box in which leads to the descriptions.
constexpr std::array kWay{box_type("moov"), box_type("trak"), box_type("mdia"), box_type("minf"),
                          box_type("stbl")};

// payload: of the box that is `steps` on the way.
bool read_boxes(ByteView payload, std::size_t steps, Found& found) {
  return for_each_box(payload, [&](std::uint32_t type, ByteView child) {
    if (type == box_type("edts")) found.is_strange = true;
    if (steps < kWay.size()) return type != kWay[steps] || read_boxes(child, steps + 1, found);
    return type != box_type("stsd") || read_descriptions(child, found);
  });
}

Result<Bytes> read_beginning(ByteSource& track) {
  const auto walker = TrackWalker::create(track);
  if (!walker) return std::unexpected(walker.error());
  const std::uint64_t size = (*walker)->init_size_bytes();
  if (size > kLargestBeginning) return fail(ErrorCode::Unsupported, tr("the track's beginning is too large"));
  Bytes bytes(static_cast<std::size_t>(size));
  const auto count = track.read_at(0, bytes);
  if (!count) return std::unexpected(count.error());
  bytes.resize(*count);
  return bytes;
}

}  // namespace

Result<PictureEntry> read_picture_entry(ByteSource& track) {
  const auto beginning = read_beginning(track);
  if (!beginning) return std::unexpected(beginning.error());
  Found found;
  if (!read_boxes(*beginning, 0, found) || found.is_strange || !found.size || !found.colours || !found.avcc)
    return fail(ErrorCode::Unsupported, tr("the track's pictures aren't as a recorder writes them"));
  return PictureEntry{.size = *found.size, .colours = *found.colours, .avcc = std::move(*found.avcc)};
}

}  // namespace meanwhile
