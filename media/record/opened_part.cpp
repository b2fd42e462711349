#include "media/record/opened_part.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/track_index.h"
#include "media/record/track_reader.h"

namespace meanwhile {

PartSource::PartSource(ByteSource& track, std::uint64_t init_size, std::uint64_t begin, std::uint64_t end)
    : track_(track), init_size_(init_size), begin_(begin), end_(std::max(begin, end)) {}

Result<std::size_t> PartSource::read_at(std::uint64_t offset, std::span<std::byte> into) {
  const bool is_init = offset < init_size_;
  const std::uint64_t place = is_init ? offset : offset - init_size_ + begin_;
  const std::uint64_t limit = is_init ? init_size_ : end_;
  if (place >= limit) return 0;
  return track_.read_at(
      place, into.first(static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), limit - place))));
}

Result<OpenedPart> open_part(ByteSource& track, const TrackIndex& index, std::size_t begin, std::size_t end) {
  OpenedPart part;
  part.source = std::make_unique<PartSource>(track, index.init_size_bytes, offset_of(index, begin),
                                             offset_of(index, end));
  auto reader = TrackReader::open(*part.source);
  if (!reader) return std::unexpected(reader.error());
  part.reader = std::move(*reader);
  return part;
}

std::uint64_t offset_of(const TrackIndex& index, std::size_t fragment) {
  return fragment < index.fragments.size() ? index.fragments[fragment].offset : index.whole_size_bytes;
}

MediaTime start_of(const TrackIndex& index, std::size_t fragment) {
  return fragment < index.fragments.size() ? index.fragments[fragment].start : index.end();
}

std::size_t next_key_fragment(const TrackIndex& index, std::size_t after) {
  std::size_t next = after + 1;
  while (next < index.fragments.size() && !index.fragments[next].starts_with_keyframe) ++next;
  return next;
}

}  // namespace meanwhile
