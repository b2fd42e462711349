// What a V4L2 device says about itself; its pictures are read by libavdevice.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "media/base/result.h"
#include "media/base/thread_checker.h"
#include "media/capture/camera_mode.h"

namespace meanwhile {

// One thread. Nobody else is disturbed by it: a camera that another program uses can be asked too.
class V4l2Device {
 public:
  // Errors: NotFound, PermissionDenied, Unavailable (busy), Unsupported (not Linux).
  static Result<std::unique_ptr<V4l2Device>> open(const std::string& path);
  ~V4l2Device();
  V4l2Device(const V4l2Device&) = delete;
  V4l2Device& operator=(const V4l2Device&) = delete;

  // nullopt: it gives no pictures.
  std::optional<std::string> camera_name() const;
  std::vector<CameraMode> modes() const;
  // Whether its lines are longer than their pixels.
  bool has_padded_lines(const CameraMode& mode) const;
  // false: all that it gives is grey, or distances.
  bool sees_colours() const;

 private:
  explicit V4l2Device(int descriptor) : descriptor_(descriptor) {}
  const int descriptor_;
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
