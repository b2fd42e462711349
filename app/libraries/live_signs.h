// Whether those who record right now still do: a machine that died can't say that it stopped.
#pragma once

#include <stop_token>
#include <string>

#include "app/library/index.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

// Broken off ones may be many, and there for ever.
enum class BrokenOff { LeaveAlone, LookAtToo };

// Looks for the newest part of each clip that is live in the index, and notes how long ago its recorder gave
// a sign. own_device: this home's, which knows it better. One or two requests for each; blocks. Errors: the
// storage's, the index's.
Result<void> look_for_signs(Index& index, Storage& place, const std::string& own_device, BrokenOff broken_off,
                            WallTime now, const std::stop_token& stop);

}  // namespace meanwhile
