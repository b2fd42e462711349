#include "media/base/time_range.h"

#include <algorithm>
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
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), position,
                                      [](MediaTime at, const TimeRange& range) { return at < range.from; });
  if (after == ranges.begin()) return nullptr;
  const TimeRange& range = *std::prev(after);
  return position < range.to ? &range : nullptr;
}

}  // namespace meanwhile
