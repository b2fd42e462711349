// How to give an update to people outside, and what of it they have; in the place of its comments.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"

namespace meanwhile {

// view.state.watch.share is there.
void draw_share_form(View& view, Box area);

}  // namespace meanwhile
