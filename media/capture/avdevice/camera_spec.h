// How specs name a webcam and what it is set to.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "media/base/layout.h"
#include "media/base/result.h"

namespace meanwhile {

// "v4l2:PATH", "v4l2:PATH@WIDTHxHEIGHT" or "v4l2:PATH@WIDTHxHEIGHT:RATE".
struct CameraSpec {
  std::string path;
  std::optional<Size> size;
  std::optional<double> frames_per_second;
};

// Errors: InvalidArgument.
Result<CameraSpec> parse_camera_spec(std::string_view spec);

}  // namespace meanwhile
