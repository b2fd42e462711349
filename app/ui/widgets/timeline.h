// The clip's timeline: waveform, what was watched, where the player is, and who said something where.
#pragma once

#include "app/ui/page.h"

namespace meanwhile {

constexpr float kTimelineHeight = 64;  // points

// Seeks while it is dragged.
void draw_timeline(View& view, const Box& box);

// Peaks of a span of the waveform, its loudest: what one bar shows. from, to: 0 to 1.
float loudest(const std::vector<float>& peaks, double from, double to);

}  // namespace meanwhile
