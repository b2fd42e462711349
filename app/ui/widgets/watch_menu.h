// What can be done with the update that is watched.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"

namespace meanwhile {

void open_clip_actions(View& view, const Box& anchor);

}  // namespace meanwhile
