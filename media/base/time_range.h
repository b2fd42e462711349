// A part of a timeline.
#pragma once

#include <vector>

#include "media/base/media_time.h"

namespace meanwhile {

// From `from` up to, but without `to`.
struct TimeRange {
  MediaTime from{};
  MediaTime to{};

  [[nodiscard]] constexpr MediaTime duration() const { return to - from; }
  bool operator==(const TimeRange&) const = default;
};

MediaTime length_of(const std::vector<TimeRange>& ranges);

// Of ranges by time, apart from each other: the one that position is in; nullptr: it is in none.
const TimeRange* range_at(const std::vector<TimeRange>& ranges, MediaTime position);

}  // namespace meanwhile
