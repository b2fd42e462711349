// The single steps of an edit: each answers the arrangement after it, of an update of that duration.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/time_range.h"

namespace meanwhile {

// The parts that are shown now, in order.
std::vector<TimeRange> shown_parts(const Arrangement& arrangement, MediaTime duration);

// Without that part of the recorded timeline. What would be left too short to be seen goes with it. Errors:
// InvalidArgument (nothing would be left; nothing of it is shown).
Result<Arrangement> with_cut(Arrangement arrangement, MediaTime duration, const TimeRange& range);

// What was cut within it is shown again, after what was recorded before it. Errors: InvalidArgument (nothing
// is cut there).
Result<Arrangement> with_restored(Arrangement arrangement, MediaTime duration, const TimeRange& range);

// At a moment of the recorded timeline that is shown, or after everything where it isn't.
Result<Arrangement> with_joined(Arrangement arrangement, MediaTime duration, const std::string& clip,
                                MediaTime clip_duration, MediaTime at);
Result<Arrangement> with_card(Arrangement arrangement, MediaTime duration, const std::string& title,
                              const std::string& text, MediaTime card_duration, MediaTime at);

// The part at that place in the order goes to another one. Errors: InvalidArgument (there is no such place).
Result<Arrangement> with_moved(Arrangement arrangement, MediaTime duration, std::size_t from, std::size_t to);

// Without what is joined but not shown at all any more, and without a poster that isn't.
Arrangement tidied(Arrangement arrangement);

}  // namespace meanwhile
