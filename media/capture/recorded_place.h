// Which part of the desktop a screen's recording sees.
#pragma once

#include <optional>
#include <string>

#include "media/base/layout.h"

namespace meanwhile {

struct RecordedPlace {
  // A window of ours may get into the picture.
  bool sees_our_windows = false;
  // In the desktop's coordinates. nullopt: nobody can tell (a portal's choice).
  std::optional<Rect> area;
};

// spec: as open_screen() takes it, or "none". May ask the X server and wait for its answer.
RecordedPlace recorded_place(const std::string& spec);

// The spec that records a part of the desktop, and the part that such a spec records. nullopt: it is another
// one.
std::string area_spec(const Rect& area);
std::optional<Rect> area_of_spec(const std::string& spec);

}  // namespace meanwhile
