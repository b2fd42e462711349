// The clip's timeline: waveform, what was watched, where the player is, and who said something where.
#pragma once

#include <functional>
#include <vector>

#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "media/base/media_time.h"

namespace meanwhile {

constexpr float kTimelineHeight = 64;  // points

class ArrangeMarks;

// Seeks while it is dragged. arranging: shown while the update is being arranged.
void draw_timeline(View& view, const Box& box, ArrangeMarks& arranging);

// Of the whole clip, in bars; color: of the bar that begins at that share of it. peaks: nullptr: none known.
void draw_wave(Pen& pen, const Box& box, const std::vector<float>* peaks,
               const std::function<ImU32(double share)>& color);

// Where a moment lies in a clip, 0 to 1; and the moment at x in a box that shows all of it.
double share_of(MediaTime time, MediaTime duration);
MediaTime time_at(float x, const Box& box, MediaTime duration);

// Peaks of a span of the waveform, its loudest: what one bar shows. from, to: 0 to 1.
float loudest(const std::vector<float>& peaks, double from, double to);

}  // namespace meanwhile
