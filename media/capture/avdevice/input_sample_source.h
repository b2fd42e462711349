// What stands in for microphones and loudspeakers, as a SampleSource.
#pragma once

#include <memory>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/capture/avdevice/input_spec.h"
#include "media/capture/source.h"

namespace meanwhile {

// Owns the thread "sound". Samples come as from a device: each block once its last sample was in the air. A
// most_channels: more than these are mixed down to them. A
// live input is over (Unavailable) when it sends nothing for 10 s. Errors: as MediaInput::open().
Result<std::unique_ptr<SampleSource>> open_input_sound(InputSpec spec, int most_channels, const Clock& clock);

}  // namespace meanwhile
