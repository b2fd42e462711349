// What an ask is: its kind, for whom, until when.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"

namespace meanwhile {

float ask_options_height(const Pen& pen);
void draw_ask_options(View& view, Box area);

}  // namespace meanwhile
