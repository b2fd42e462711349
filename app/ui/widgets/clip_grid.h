// The clips of the Inbox as cards in rows, under headings. Only what is seen is drawn, and asked for.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/widgets/scroll_area.h"

namespace meanwhile {

// area: as wide as the grid; from its top on. Gives the height of all of it.
float draw_clip_grid(View& view, const ScrollArea& scroll, const Box& area);

}  // namespace meanwhile
