// What stands around the picture on the Watch page: who has seen the clip, and which one comes next.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"

namespace meanwhile {

// Cuts what it needs off the right of the header's row. Nothing where nobody has seen it.
void draw_seen_by(View& view, Box& row);
// Likewise: "Next: …", where several clips play one after the other.
void draw_queue(View& view, Box& row);
// Over the lower right of the picture, when a clip has ended and the next one is about to begin.
void draw_next_up(View& view, const Box& picture);

}  // namespace meanwhile
