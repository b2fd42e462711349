// The bar below the preview: start; or elapsed time, bytes, level, and pause, stop, discard.
#pragma once

#include <string>

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "media/record/recorder.h"

namespace meanwhile {

void draw_record_bar(View& view, const Box& area);

}  // namespace meanwhile
