// How in and out points are set by hand.
#pragma once

#include "media/base/media_time.h"
#include "media/base/trim.h"

namespace meanwhile {

// What is kept; all of it, if the points make no sense.
KeptRange range_of(const Trim& trim, MediaTime duration);

// The take begins, or ends, at `at` from now on. A point at its very beginning or end is none; where too
// little would be left up to the other point, that one goes.
Trim begun_at(Trim trim, MediaTime at, MediaTime duration);
Trim ended_at(Trim trim, MediaTime at, MediaTime duration);

// The same for a point that is dragged: it stops before the other one.
Trim dragged_begin(Trim trim, MediaTime at, MediaTime duration);
Trim dragged_end(Trim trim, MediaTime at, MediaTime duration);

}  // namespace meanwhile
