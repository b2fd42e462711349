#include "app/ui/trim_points.h"

#include <algorithm>
#include <optional>

#include "media/base/media_time.h"
#include "media/base/trim.h"

namespace meanwhile {

KeptRange range_of(const Trim& trim, MediaTime duration) {
  return kept_range(trim, duration).value_or(KeptRange{.from = {}, .to = duration});
}

Trim begun_at(Trim trim, MediaTime at, MediaTime duration) {
  if (duration < kShortestTrim) return trim;
  at = std::clamp(at, MediaTime{}, duration - kShortestTrim);
  trim.from = at > MediaTime{} ? std::optional(at) : std::nullopt;
  if (trim.to && *trim.to - at < kShortestTrim) trim.to.reset();
  return trim;
}

Trim ended_at(Trim trim, MediaTime at, MediaTime duration) {
  if (duration < kShortestTrim) return trim;
  at = std::clamp(at, kShortestTrim, duration);
  trim.to = at < duration ? std::optional(at) : std::nullopt;
  if (trim.from && at - *trim.from < kShortestTrim) trim.from.reset();
  return trim;
}

Trim dragged_begin(Trim trim, MediaTime at, MediaTime duration) {
  const MediaTime last = trim.to.value_or(duration) - kShortestTrim;
  return begun_at(trim, std::min(at, last), duration);
}

Trim dragged_end(Trim trim, MediaTime at, MediaTime duration) {
  const MediaTime first = trim.from.value_or(MediaTime{}) + kShortestTrim;
  return ended_at(trim, std::max(at, first), duration);
}

}  // namespace meanwhile
