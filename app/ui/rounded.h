// Boxes with round corners, made of whole boxes and of the quarters of a disc that is kept as a picture:
// triangles, which others make of them, the software renderer draws pixel by pixel, and looks at each pixel
// around them.
#pragma once

#include <imgui.h>

#include "app/platform/painter.h"
#include "app/ui/box.h"

namespace meanwhile {

// Pixels; edges come to whole ones. radius, width: whole; a radius that the box has no room for is cut down.
void fill_rounded(ImDrawList& list, Painter& painter, const Box& box, ImU32 color, float radius);
// width: of the line, which lies within the box.
void outline_rounded(ImDrawList& list, Painter& painter, const Box& box, ImU32 color, float radius,
                     float width);
// radius: whole, at least 1. Its edges come to whole pixels.
void fill_disc(ImDrawList& list, Painter& painter, ImVec2 center, float radius, ImU32 color);

}  // namespace meanwhile
