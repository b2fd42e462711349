// What is recorded: one picker a device, with a level for the microphone.
#pragma once

#include <string>
#include <string_view>

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/state.h"

namespace meanwhile {

// "Default (Built-in Audio)", "No camera", the device's name, or the spec of one that isn't there any more.
std::string chosen_name(const DeviceChoice& choice, std::string_view none_label);

void draw_device_panel(View& view, Box& area);

}  // namespace meanwhile
