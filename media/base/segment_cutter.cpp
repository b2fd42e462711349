#include "media/base/segment_cutter.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/track_index.h"

namespace meanwhile {
namespace {

constexpr MediaTime kSegmentDuration = std::chrono::seconds(4);
constexpr std::uint64_t kLargestSegmentBytes = 64ull << 20;

}  // namespace

std::optional<Segment> SegmentCutter::add(const Fragment& fragment) {
  std::optional<Segment> complete;
  const bool is_full = open_ && open_->duration >= kSegmentDuration;
  const bool is_too_big = open_ && open_->size_bytes + fragment.size_bytes >= kLargestSegmentBytes;
  // Without a keyframe in 64 MB the limit wins: an object that storage refuses would be lost altogether.
  if ((is_full && fragment.starts_with_keyframe) || is_too_big) complete = rest();
  if (!open_) open_ = Segment{.offset = fragment.offset, .start = fragment.start};
  open_->size_bytes += fragment.size_bytes;
  open_->duration = fragment.start + fragment.duration - open_->start;
  return complete;
}

std::vector<Segment> cut_segments(const TrackIndex& index) {
  std::vector<Segment> segments;
  SegmentCutter cutter;
  for (const Fragment& fragment : index.fragments) {
    if (auto segment = cutter.add(fragment)) segments.push_back(*segment);
  }
  if (auto segment = cutter.rest()) segments.push_back(*segment);
  return segments;
}

}  // namespace meanwhile
