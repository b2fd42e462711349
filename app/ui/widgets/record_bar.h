// The bar below the preview: start; or elapsed time, bytes, level, and pause, stop, discard.
#pragma once

#include <string>

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "media/record/recorder.h"

namespace meanwhile {

void draw_record_bar(View& view, const Box& area);

// What ails a track right now, and what to do; "": all is well.
std::string first_trouble(const RecordStatus& status);

}  // namespace meanwhile
