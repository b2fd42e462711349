// All sources, by their specs.
#pragma once

#include <memory>
#include <string>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/capture/capture_options.h"
#include "media/capture/source.h"

namespace meanwhile {

// Specs, as in `meanwhile devices`: "default", "x11:…", "portal:", "v4l2:…", "pipewire:…", "pulse:…", or what
// stands in for a device: "file:PATH" (looped, at its own speed), "lavfi:GRAPH", "ffmpeg:FORMAT:INPUT".
// Opening a source waits for the device's first answer, not for a frame; a portal's answer is a person's.
// clock: stamps everything; must outlive the source. Errors: NotFound (no such device; "default" where there
// is none), InvalidArgument (not a spec), Unavailable (busy), PermissionDenied, Unsupported (built without
// it), Aborted (the person cancelled, or options.stop).
Result<std::unique_ptr<FrameSource>> open_screen(const std::string& spec, int frames_per_second,
                                                 const Clock& clock, const CaptureOptions& options = {});
Result<std::unique_ptr<FrameSource>> open_camera(const std::string& spec, int frames_per_second,
                                                 const Clock& clock);
Result<std::unique_ptr<SampleSource>> open_microphone(const std::string& spec, const Clock& clock);
// What the loudspeaker plays.
Result<std::unique_ptr<SampleSource>> open_system_audio(const std::string& spec, const Clock& clock);

}  // namespace meanwhile
