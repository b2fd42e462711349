// What the speaker means to say: a field to write it before the take, beside the preview during it. Never
// recorded.
#pragma once

#include "app/ui/box.h"
#include "app/ui/page.h"

namespace meanwhile {

// Fills area, if that is high enough for two lines.
void draw_speaker_notes(View& view, Box area);

}  // namespace meanwhile
