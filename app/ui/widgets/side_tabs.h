// The names above what stands beside the picture: what people say about it, and what is said in it.
#pragma once

#include <cstddef>

#include "app/ui/box.h"
#include "app/ui/page.h"

namespace meanwhile {

// The transcript is in the comments' place: it was chosen, and there is one.
bool shows_transcript(const UiState& state);
void choose_transcript(View& view, bool shown);

// In row, from its left. comments: how many there are.
void draw_side_tabs(View& view, Box& row, std::size_t comments);

}  // namespace meanwhile
