// "pulse:SOURCE", "pulse:SOURCE@3", "pulse:SOURCE@3+4": a sound device, or some of its inputs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "media/base/result.h"
#include "media/capture/pulse/connection.h"

namespace meanwhile {

inline constexpr std::string_view kSoundScheme = "pulse:";

struct ChosenDevice {
  PulseDevice device;
  std::vector<int> inputs;  // one, or left and right, from 0 on; empty: all of the device
  // "Scarlett", "Scarlett, Input 3"
  std::string name() const;
};

// spec: as above. Errors: NotFound (there is no such source), InvalidArgument (it has no such input).
Result<ChosenDevice> find_sound_device(const PulseDevices& devices, const std::string& spec);

}  // namespace meanwhile
