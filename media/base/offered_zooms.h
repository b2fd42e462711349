// Where a viewer may want to look closer: around what was clicked. Offered to the author, never done by
// itself.
#pragma once

#include <vector>

#include "media/base/arrangement.h"
#include "media/base/media_time.h"

namespace meanwhile {

struct PointerClick {
  MediaTime at{};
  double x = 0;  // as a share of the screen's width
  double y = 0;
};

// Clicks that lie near each other, in time and on the screen, are one zoom, which holds them all. By time,
// apart from each other and from those that are there. clicks: by time; duration: of the recording.
std::vector<ScreenZoom> offered_zooms(const std::vector<PointerClick>& clicks,
                                      const std::vector<ScreenZoom>& there, MediaTime duration);

}  // namespace meanwhile
