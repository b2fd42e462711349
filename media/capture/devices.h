// What can be recorded on this machine.
#pragma once

#include <string>
#include <vector>

#include "media/capture/camera_mode.h"

namespace meanwhile {

enum class DeviceKind { Screen, Window, Camera, Microphone, SystemAudio };

struct Device {
  DeviceKind kind;
  std::string spec;     // what open_screen() and its like take, e.g. "x11::99@HDMI-1"
  std::string name;     // what a person calls it: "HDMI-1, 1920 x 1080"
  std::string details;  // modes, or why it can't be used now; may be empty
  bool is_default = false;
  std::vector<CameraMode> modes = {};  // of a camera
  int inputs = 1;                      // of a microphone
};

// The spec that records one input alone, from 1 on.
std::string input_spec(const Device& microphone, int input);

// Everything that is there now. May block for a second or two on slow devices; never fails: what can't be
// asked isn't listed.
std::vector<Device> list_devices();

}  // namespace meanwhile
