#include "media/capture/camera_mode.h"

#include <fmt/format.h>

#include <string>

namespace meanwhile {

std::string mode_words(const CameraMode& mode) {
  return fmt::format("{}x{}:{:.4g}", mode.width, mode.height, mode.frames_per_second);
}

}  // namespace meanwhile
