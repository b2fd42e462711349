// What a screen's source says of itself.
#pragma once

#include <string>

#include "media/base/layout.h"
#include "media/capture/source.h"

namespace meanwhile {

// name: what a person calls it; the size is added. source: the screen's own; recorded: the frames'.
FrameSourceInfo screen_info(const std::string& name, Size source, Size recorded, int frames_per_second);

}  // namespace meanwhile
