// Sets of moments: what was watched.
#pragma once

#include <vector>

#include "app/library/events.h"
#include "media/base/media_time.h"

namespace meanwhile {

// Sorted, not overlapping, not touching; empty and backward ranges are left out.
std::vector<MomentRange> union_of(std::vector<MomentRange> ranges);
// The same, of what lies between 0 and duration.
std::vector<MomentRange> clip_to(std::vector<MomentRange> ranges, MediaTime duration);
// Of ranges that don't overlap.
MediaTime length_of(const std::vector<MomentRange>& ranges);

}  // namespace meanwhile
