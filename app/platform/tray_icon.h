// What the tray shows of a take's state, as pixels: no theme has these signs for certain.
#pragma once

#include <cstdint>
#include <vector>

#include "app/platform/tray.h"

namespace meanwhile {

// side x side pixels, row by row, each alpha, red, green, blue: as StatusNotifierItem's IconPixmap wants
// them. A red disc records, two bars pause, a struck disc is muted, a yellow triangle wants to be looked at,
// a grey disc is busy.
std::vector<std::uint8_t> tray_icon(TrayMood mood, int side);

}  // namespace meanwhile
