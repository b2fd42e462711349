// What an ask is: its kind, for whom, until when.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"

namespace meanwhile {

// state.draft.ask is there.
float ask_options_height(const Pen& pen, const WatchState& state);
void draw_ask_options(View& view, Box area, bool time_takes_focus);

}  // namespace meanwhile
