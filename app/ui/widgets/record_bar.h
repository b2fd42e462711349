// The bar below the preview: start; or elapsed time, bytes, level, and pause, stop, discard.
#pragma once

#include "app/ui/page.h"

namespace meanwhile {

void draw_record_bar(View& view, const Box& area);

}  // namespace meanwhile
