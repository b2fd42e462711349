// Where a clip goes on that plays: over pauses, and back to a loop's beginning.
#pragma once

#include <optional>

#include "app/ui/play_tools.h"
#include "media/base/media_time.h"

namespace meanwhile {

// From `before` it has played to `position`.
struct Leap {
  MediaTime to{};
  bool is_pause = false;  // passed over, which nobody misses; else the loop begins again
};
// nullopt: where it is. Who goes to a pause by hand, or out of the loop, stays there.
std::optional<Leap> leap_from(const PlayTools& tools, MediaTime before, MediaTime position);
// The moment after `position` at which it may leap; nullopt: it doesn't.
std::optional<MediaTime> next_leap(const PlayTools& tools, MediaTime position);

}  // namespace meanwhile
