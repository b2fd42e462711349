// One clip in the Inbox: as a card, or as a row of a list.
#pragma once

#include <string>

#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"

namespace meanwhile {

// Points below the poster, which is as wide as the card and 16:9.
constexpr float kCardFoot = 104;
// Points: the height of a row.
constexpr float kClipRow = 68;

// What was done with it. Its part is "clip/<id>".
Response draw_clip_card(Pen& pen, const Box& box, const ClipCard& clip);
Response draw_clip_row(Pen& pen, const Box& box, const ClipCard& clip);

// All that there is to know of it, a line each: what a card has no room for.
std::string clip_tip(const ClipCard& clip);

}  // namespace meanwhile
