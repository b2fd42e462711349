// In place of the comment field: what is being recorded as an answer.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"

namespace meanwhile {

float reply_recorder_height(const Pen& pen, const UiState& state);
void draw_reply_recorder(View& view, const Box& area);

}  // namespace meanwhile
