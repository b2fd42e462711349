// Webcams.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "media/base/result.h"
#include "media/capture/avdevice/camera_spec.h"
#include "media/capture/avdevice/input_spec.h"
#include "media/capture/camera_mode.h"

namespace meanwhile {

struct Camera {
  std::string path;  // "/dev/video0"
  std::string name;
  std::vector<CameraMode> modes;  // those that we can read
  bool sees_colours = true;       // as far as is known; an infrared or depth camera doesn't
  bool is_unreadable = false;     // it has modes, but none whose pictures libavdevice takes
};

// Only devices that give pictures (a webcam often has a second node, for metadata). Those for faces first:
// what sees no colours, or is called infrared, is there to unlock a computer, and comes behind.
std::vector<Camera> list_cameras();
void put_faces_first(std::vector<Camera>& cameras);
// "Integrated IR Camera", "HP Infrared Camera"; not "Mirror".
bool is_called_infrared(std::string name);

// Errors: NotFound (no such device, or no camera), PermissionDenied, Unavailable.
Result<Camera> find_camera(const std::string& path);

// What a face needs, 1280 x 720 or the nearest below it, at the rate asked for; above 480 lines MJPEG,
// because raw pictures of that size don't fit through USB at full rate. nullopt: there are no modes.
std::optional<CameraMode> choose_mode(const std::vector<CameraMode>& modes, int frames_per_second);

// Of those that spec asks for, the best; whatever spec doesn't name is chosen as above. Errors:
// InvalidArgument (the camera doesn't offer it), in words that tell what it offers.
Result<std::optional<CameraMode>> find_mode(const Camera& camera, const CameraSpec& spec,
                                            int frames_per_second);

// As camera_spec.h has it, or "default": the first camera. Errors: as find_camera() and find_mode();
// InvalidArgument.
Result<InputSpec> camera_input(const std::string& spec, int frames_per_second);

}  // namespace meanwhile
