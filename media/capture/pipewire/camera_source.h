// A camera's pictures from a PipeWire stream, as a FrameSource.
#pragma once

#include <memory>
#include <string>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/capture/pipewire/stream.h"
#include "media/capture/source.h"

namespace meanwhile {

// As open_pipewire_camera() says. Blocks until the format is agreed on. Errors: Unavailable.
Result<std::unique_ptr<FrameSource>> open_camera_stream(std::string name,
                                                        std::unique_ptr<PipeWireStream> stream,
                                                        const Clock& clock);

}  // namespace meanwhile
