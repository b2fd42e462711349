// Webcams.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "media/base/result.h"
#include "media/capture/avdevice/input_spec.h"

namespace meanwhile {

struct CameraMode {
  std::string format;  // FFmpeg's name: "mjpeg", "yuyv422"
  int width = 0;
  int height = 0;
  double frames_per_second = 0;
};

struct Camera {
  std::string path;  // "/dev/video0"
  std::string name;
  std::vector<CameraMode> modes;  // those that we can read
};

// Only devices that give pictures (a webcam often has a second node, for metadata).
std::vector<Camera> list_cameras();

// Errors: NotFound (no such device, or no camera), PermissionDenied, Unavailable.
Result<Camera> find_camera(const std::string& path);

// What a face needs, 1280 x 720, or the nearest to it, at the rate asked for; above 480 lines MJPEG, because
// raw pictures of that size don't fit through USB at full rate. nullopt: there are no modes.
std::optional<CameraMode> choose_mode(const std::vector<CameraMode>& modes, int frames_per_second);

// "v4l2:/dev/video0", or "default": the first one. Errors: as find_camera(); InvalidArgument.
Result<InputSpec> camera_input(const std::string& spec, int frames_per_second);

}  // namespace meanwhile
