// Where nothing is said and nothing happens: found from what was noted while recording.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/time_range.h"

namespace meanwhile {

// peaks: of the voice, 0 to 1, evenly over the clip. levels: activity.json's, evenly over the clip. A second
// and a half at least; a little of each stays, so that words don't run into each other. Empty where one of
// them is.
std::vector<TimeRange> find_pauses(std::span<const float> peaks, std::span<const std::uint8_t> levels,
                                   MediaTime duration);

}  // namespace meanwhile
