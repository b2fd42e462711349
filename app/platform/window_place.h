// Where a window opens: as it was left, as far as the desktop still has room for it there. Pure functions on
// the desktop's coordinates.
#pragma once

#include <optional>
#include <span>

#include "media/base/layout.h"

namespace meanwhile {

// Above a window's content, for the title that the desktop draws around it: known only once it is there.
constexpr int kTitleBarHeight = 40;

// left: where it was, if that is known. width, height: wanted where it isn't. work_areas: of the displays,
// without panels; the first is the main one; at least one. Inside of one of them, its title too.
Rect window_place(const std::optional<Rect>& left, int width, int height, std::span<const Rect> work_areas);

}  // namespace meanwhile
