// How captions are shown: on or off, the language, and one beside it, size, ground, place.
#pragma once

#include "app/ui/box.h"
#include "app/ui/overlays.h"
#include "app/ui/play_tools.h"

namespace meanwhile {

Menu caption_menu(const Box& anchor, const PlayTools& tools);

}  // namespace meanwhile
