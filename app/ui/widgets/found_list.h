// What a search found, as a list: a click goes to the clip, at the moment.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/widgets/scroll_area.h"

namespace meanwhile {

// area: from its top on. Gives the height of all of it.
float draw_found_list(View& view, const ScrollArea& scroll, const Box& area);

}  // namespace meanwhile
