// Where the small window with the recording's controls stands, so that it isn't in the picture.
#pragma once

#include <optional>
#include <vector>

#include "media/base/layout.h"

namespace meanwhile {

// On a display that isn't recorded, else on a part of one that isn't; at its lower edge if there is room.
// displays, recorded: in the desktop's coordinates. nullopt: there is no such place.
std::optional<Rect> strip_place(const std::vector<Rect>& displays, const Rect& recorded, Size strip);

}  // namespace meanwhile
