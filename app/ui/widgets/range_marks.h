// Ranges on the bar: of comments that hang over one, and of the draft.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"

namespace meanwhile {

// box: as wide as the clip is long.
void draw_ranges(View& view, const Box& box);

}  // namespace meanwhile
