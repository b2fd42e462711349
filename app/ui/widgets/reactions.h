// Reactions: the row to react with, those that are passed, and where they are on the bar.
#pragma once

#include <string_view>

#include "app/ui/page.h"

namespace meanwhile {

constexpr float kReactionRow = 40;  // points

// The six, to react to what is shown now.
void draw_reaction_row(View& view, Box row);
// Over the picture: those of this moment rise and fade.
void draw_passing_reactions(View& view, const Box& picture);
// On the bar; those that crowd are one. box: as wide as the clip is long.
void draw_reaction_marks(View& view, const Box& box);

}  // namespace meanwhile
