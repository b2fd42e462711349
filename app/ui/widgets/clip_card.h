// One clip in the Inbox.
#pragma once

#include "app/ui/box.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"

namespace meanwhile {

// Points below the poster, which is as wide as the card and 16:9.
constexpr float kCardFoot = 84;

// true: it was opened.
bool draw_clip_card(Pen& pen, const Box& box, const ClipCard& clip);

}  // namespace meanwhile
