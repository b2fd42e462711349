// Whether a device that is listed gives anything.
#pragma once

#include "media/base/result.h"
#include "media/capture/devices.h"

namespace meanwhile {

// Opens it, waits for its first picture or sound (some seconds at most), and lets it go. A desktop that would
// ask the person isn't tried. Errors: as opening it; Unavailable (it gives nothing).
Result<void> try_device(const Device& device);

}  // namespace meanwhile
