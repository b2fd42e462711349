// The bar below the preview: start; or elapsed time, bytes, level, and pause, stop, discard.
#pragma once

#include <string>

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "media/record/recorder.h"

namespace meanwhile {

// In units of the window: where a row is too short for all of it there are two.
float record_bar_height(const Pen& pen, float width, RecordPhase phase);
void draw_record_bar(View& view, const Box& area);

}  // namespace meanwhile
