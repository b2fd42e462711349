// Sets of moments: what was watched.
#pragma once

#include <vector>

#include "app/library/events.h"

namespace meanwhile {

// Sorted, not overlapping, not touching; empty and backward ranges are left out.
std::vector<MomentRange> union_of(std::vector<MomentRange> ranges);
// Total length of sorted ranges, of what lies between 0 and duration.
MediaTime covered(const std::vector<MomentRange>& ranges, MediaTime duration);

}  // namespace meanwhile
