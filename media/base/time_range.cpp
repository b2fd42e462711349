#include "media/base/time_range.h"

#include <iterator>
#include <vector>

#include "media/base/media_time.h"

namespace meanwhile {

MediaTime length_of(const std::vector<TimeRange>& ranges) {
  MediaTime total{};
  for (const TimeRange& range : ranges) total += range.duration();
  return total;
}

const TimeRange* range_at(const std::vector<TimeRange>& ranges, MediaTime position) {
  const auto after = std::ranges::upper_bound(ranges, position, {}, &TimeRange::from);
  if (after == ranges.begin()) return nullptr;
  const TimeRange& range = *std::prev(after);
  return position < range.to ? &range : nullptr;
}

}  // namespace meanwhile
