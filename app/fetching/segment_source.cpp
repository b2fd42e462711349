#include "app/fetching/segment_source.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "app/fetching/object_cache.h"
#include "app/library/manifest.h"
#include "media/base/byte_stream.h"
#include "media/base/result.h"

namespace meanwhile {

SegmentSource::SegmentSource(std::shared_ptr<ObjectCache> cache, std::string clip, ManifestTrack track)
    : cache_(std::move(cache)), track_(std::move(track)) {
  parts_.push_back({0, track_.init, init_key(clip, track_.name, track_.init_number)});
  std::uint64_t offset = track_.init.bytes;
  for (const ManifestSegment& segment : track_.segments) {
    parts_.push_back(
        {offset, {segment.bytes, segment.sha256}, segment_key(clip, track_.name, segment.number)});
    places_.push_back({.offset = offset, .start = segment.start});
    offset += segment.bytes;
  }
}

Result<const Bytes*> SegmentSource::part_bytes(std::size_t index) {
  if (stop_.stop_requested()) return fail(ErrorCode::Aborted, "reading " + parts_[index].key);
  if (loaded_ != index) {
    auto bytes = cache_->get(parts_[index].key, parts_[index].object, stop_.get_token());
    if (!bytes) return std::unexpected(bytes.error());
    loaded_bytes_ = std::move(*bytes);
    loaded_ = index;
  }
  return &loaded_bytes_;
}

Result<std::size_t> SegmentSource::read_at(std::uint64_t offset, std::span<std::byte> into) {
  std::size_t total = 0;
  while (total < into.size() && offset + total < track_.bytes) {
    const std::uint64_t place = offset + total;
    const auto after = std::ranges::upper_bound(parts_, place, {}, &Part::offset);
    const auto index = static_cast<std::size_t>(after - parts_.begin()) - 1;
    auto bytes = part_bytes(index);
    if (!bytes) return std::unexpected(bytes.error());
    const std::uint64_t within = place - parts_[index].offset;
    const auto count = std::min<std::uint64_t>(into.size() - total, (*bytes)->size() - within);
    if (count == 0) break;
    std::copy_n((*bytes)->begin() + static_cast<std::ptrdiff_t>(within), count,
                into.begin() + static_cast<std::ptrdiff_t>(total));
    total += count;
  }
  return total;
}

}  // namespace meanwhile
