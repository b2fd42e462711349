// What of a take is wanted: its in and out points. Kept in take.json; nothing is cut before publishing.
#pragma once

#include <chrono>
#include <optional>

#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {

// On the recorded timeline. Nothing before `from` and nothing from `to` on is wanted; nullopt: from the
// beginning, to the end.
struct Trim {
  std::optional<MediaTime> from;
  std::optional<MediaTime> to;

  bool is_set() const { return from || to; }
  bool operator==(const Trim&) const = default;
};

// What is left must be at least so long.
constexpr MediaTime kShortestTrim = std::chrono::milliseconds(500);

struct KeptRange {
  MediaTime from{};
  MediaTime to{};

  MediaTime duration() const { return to - from; }
};

// Of a take of that duration. Errors: InvalidArgument (out of range, in the wrong order, too short): a whole
// sentence.
Result<KeptRange> kept_range(const Trim& trim, MediaTime duration);

}  // namespace meanwhile
