#include "app/ui/leap.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "app/ui/play_tools.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"

namespace meanwhile {
namespace {

// Between two looks at a clip that plays; a seek goes further.
constexpr MediaTime kLargestStep = std::chrono::seconds(1);

}  // namespace

std::optional<Leap> leap_from(const PlayTools& tools, MediaTime before, MediaTime position) {
  const bool came_by_playing = position >= before && position - before < kLargestStep;
  if (!came_by_playing) return std::nullopt;
  const Loop& loop = tools.loop;
  if (loop.from && loop.to && before <= *loop.to && position >= *loop.to) return Leap{*loop.from, false};
  if (!tools.skips_pauses || !tools.pauses) return std::nullopt;
  const TimeRange* pause = range_at(*tools.pauses, position);
  if (!pause || before > pause->from) return std::nullopt;
  return Leap{pause->to, true};
}

std::optional<MediaTime> next_leap(const PlayTools& tools, MediaTime position) {
  std::optional<MediaTime> next;
  const Loop& loop = tools.loop;
  if (loop.from && loop.to && *loop.to > position) next = loop.to;
  if (!tools.skips_pauses || !tools.pauses) return next;
  const auto pause = std::ranges::upper_bound(*tools.pauses, position, {}, &TimeRange::from);
  if (pause == tools.pauses->end()) return next;
  return std::min(next.value_or(pause->from), pause->from);
}

}  // namespace meanwhile
