// What became of each track of a draft: its health in a word, and what it is.
#pragma once

#include <vector>

#include "app/ui/box.h"
#include "app/ui/pen.h"
#include "media/base/media_time.h"
#include "media/record/track_report.h"

namespace meanwhile {

constexpr float kTrackCardHeight = 64;

// Side by side in the row. duration: of the whole take. What doesn't fit is in a tooltip.
void draw_track_cards(Pen& pen, Box row, const std::vector<TrackReport>& tracks, MediaTime duration);

}  // namespace meanwhile
