// Cameras that PipeWire knows, also those that are no V4L2 devices (libcamera's, other programs').
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/capture/pipewire/connection.h"
#include "media/capture/source.h"

namespace meanwhile {

inline constexpr std::string_view kPipeWirePrefix = "pipewire:";

struct PipeWireCamera {
  std::string node;         // its name
  std::string description;  // what a person calls it
  std::string device_path;  // "/dev/video0", of V4L2 cameras only
};

// Empty where PipeWire doesn't run.
std::vector<PipeWireCamera> list_pipewire_cameras();

// spec: "pipewire:NODE", by name or serial. Owns the thread "pictures". Never calls on_unchanged(), gives no
// pointer. Over (Unavailable) when the camera is unplugged, or sends nothing for 3 s. Errors: NotFound,
// InvalidArgument, Unavailable.
Result<std::unique_ptr<FrameSource>> open_pipewire_camera(const std::string& spec, int frames_per_second,
                                                          const Clock& clock);

}  // namespace meanwhile
