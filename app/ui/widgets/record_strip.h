// All that is left of the window while it stands aside from a recording: time, level, and what one needs.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"

namespace meanwhile {

void draw_record_strip(View& view, Box area);

}  // namespace meanwhile
