#include "app/library/ranges.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "app/library/events.h"
#include "media/base/media_time.h"

namespace meanwhile {

std::vector<MomentRange> union_of(std::vector<MomentRange> ranges) {
  std::erase_if(ranges, [](const MomentRange& range) { return range.to <= range.from; });
  std::ranges::sort(ranges);
  std::vector<MomentRange> joined;
  for (const MomentRange& range : ranges) {
    if (joined.empty() || range.from > joined.back().to) {
      joined.push_back(range);
    } else {
      joined.back().to = std::max(joined.back().to, range.to);
    }
  }
  return joined;
}

std::vector<MomentRange> clip_to(std::vector<MomentRange> ranges, MediaTime duration) {
  for (MomentRange& range : ranges) {
    range.from = std::clamp(range.from, MediaTime{}, duration);
    range.to = std::clamp(range.to, MediaTime{}, duration);
  }
  return union_of(std::move(ranges));
}

MediaTime length_of(const std::vector<MomentRange>& ranges) {
  MediaTime total{};
  for (const MomentRange& range : ranges) total += range.to - range.from;
  return total;
}

}  // namespace meanwhile
