// Cuts a track into the objects that are stored, fragment by fragment: what is cut once stays so, however
// long the track gets.
#pragma once

#include <optional>
#include <utility>

#include "media/base/track_index.h"

namespace meanwhile {

class SegmentCutter {
 public:
  // The next one of the track. Gives the segment that ends before it.
  std::optional<Segment> add(const Fragment& fragment);
  // The segment that the track's end makes whole.
  std::optional<Segment> rest() { return std::exchange(open_, std::nullopt); }

 private:
  std::optional<Segment> open_;
};

}  // namespace meanwhile
