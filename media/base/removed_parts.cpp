#include "media/base/removed_parts.h"

#include <algorithm>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"

namespace meanwhile {
namespace {

// What none of the parts shows.
std::vector<TimeRange> between_parts(std::vector<TimeRange> parts, MediaTime duration) {
  std::ranges::sort(parts, {}, &TimeRange::from);
  std::vector<TimeRange> between;
  MediaTime shown{};
  for (const TimeRange& part : parts) {
    const MediaTime from = std::min(part.from, duration);
    if (from > shown) between.push_back({shown, from});
    shown = std::max(shown, std::min(part.to, duration));
  }
  if (shown < duration) between.push_back({shown, duration});
  return between;
}

}  // namespace

RemovedParts removed_parts(const Arrangement& arrangement, MediaTime duration) {
  RemovedParts removed;
  if (!arrangement.parts.empty()) removed.blank = between_parts(arrangement.parts, duration);
  for (const CoveredArea& area : arrangement.covered)
    if (area.range.from < duration) removed.covered.push_back(area);
  return removed;
}

}  // namespace meanwhile
