// What of a recording is to be gone for good: what its arrangement cuts out of it, and what it covers.
#pragma once

#include <vector>

#include "media/base/arrangement.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"

namespace meanwhile {

// On the recorded timeline.
struct RemovedParts {
  std::vector<TimeRange> blank;  // nothing is to be seen or heard there: by time, apart from each other
  std::vector<CoveredArea> covered;

  [[nodiscard]] bool is_nothing() const { return blank.empty() && covered.empty(); }
  [[nodiscard]] bool is_blank(MediaTime moment) const { return range_at(blank, moment) != nullptr; }
};

// Of a recording of that duration. What lies behind its end is another's, and stays.
RemovedParts removed_parts(const Arrangement& arrangement, MediaTime duration);

}  // namespace meanwhile
