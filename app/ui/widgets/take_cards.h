// The recordings that wait to be published, above the clips of the Inbox.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"

namespace meanwhile {

// area: from its top on. Gives the height of all of them.
float draw_take_cards(View& view, const Box& area);

}  // namespace meanwhile
