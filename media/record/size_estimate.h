// How large a take is going to be.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "media/record/track_report.h"

namespace meanwhile {

struct Take;

// Bytes a minute.
struct SizeRange {
  std::uint64_t least = 0;
  std::uint64_t most = 0;

  bool operator==(const SizeRange&) const = default;
};

using UsualSizes = std::map<TrackKind, SizeRange>;

// What this person's tracks came to in their last takes; a kind that there is too little of is left out.
// takes: oldest first.
UsualSizes usual_sizes(const std::vector<Take>& takes);

// Of all these tracks together; where nothing is usual yet, by what the bench measured (README.md).
SizeRange expected_size(const std::vector<TrackReport>& tracks, const UsualSizes& usual);

}  // namespace meanwhile
