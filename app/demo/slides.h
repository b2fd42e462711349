// A few slides in a window of their own: what the demo's screen shows.
#pragma once

#include "media/base/result.h"

namespace meanwhile {

// Fills the screen with slides that change every few seconds, until the process is ended.
// Errors: Unavailable (no display).
Result<void> show_slides();

}  // namespace meanwhile
