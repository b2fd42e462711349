// An arrangement of a recording that is cut to its trim.
#pragma once

#include "media/base/arrangement.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/trim.h"

namespace meanwhile {

// The same arrangement, on the timeline of what is left of a recording of that duration. Errors:
// InvalidArgument (nothing of what it shows is left; check_arrangement's): a sentence.
Result<Arrangement> arrangement_within(const Arrangement& arrangement, MediaTime duration,
                                       const KeptRange& kept);

}  // namespace meanwhile
