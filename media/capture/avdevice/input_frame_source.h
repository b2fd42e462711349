// Cameras, and what stands in for cameras and screens, as a FrameSource.
#pragma once

#include <memory>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/capture/avdevice/input_spec.h"
#include "media/capture/source.h"

namespace meanwhile {

// Owns the thread "pictures". Never calls on_unchanged(), gives no pointer. A live input is over
// (Unavailable) when it sends nothing for 3 s. Errors: as MediaInput::open(); Unavailable also where the
// pictures have another size than the spec requires.
Result<std::unique_ptr<FrameSource>> open_input_pictures(InputSpec spec, const Clock& clock);

}  // namespace meanwhile
