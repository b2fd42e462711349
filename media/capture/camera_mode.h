// What a camera can be set to.
#pragma once

#include <string>

namespace meanwhile {

struct CameraMode {
  std::string format;  // FFmpeg's name: "mjpeg", "yuyv422"
  int width = 0;
  int height = 0;
  double frames_per_second = 0;
};

// "1280x720:30", as specs have it behind the @.
std::string mode_words(const CameraMode& mode);

}  // namespace meanwhile
