#include "media/record/trim.h"

#include <fmt/format.h>

namespace meanwhile {

Result<KeptRange> kept_range(const Trim& trim, MediaTime duration) {
  const KeptRange range{.from = trim.from.value_or(MediaTime{}), .to = trim.to.value_or(duration)};
  const auto refuse = [](std::string sentence) {
    return fail(ErrorCode::InvalidArgument, std::move(sentence));
  };
  if (!trim.is_set()) return range;
  if (range.from < MediaTime{} || range.to < MediaTime{})
    return refuse("The take's in and out points make no sense; set them again.");
  if (range.from >= duration) {
    return refuse(fmt::format("The in point {} is not before the take's end, {}; choose an earlier one.",
                              format_exact_moment(range.from), format_exact_moment(duration)));
  }
  if (range.to > duration) {
    return refuse(fmt::format("The out point {} is after the take's end, {}; choose an earlier one.",
                              format_exact_moment(range.to), format_exact_moment(duration)));
  }
  if (range.to <= range.from) {
    return refuse(fmt::format("The out point {} is not after the in point {}; change one of them.",
                              format_exact_moment(range.to), format_exact_moment(range.from)));
  }
  if (range.duration() < kShortestTrim) {
    return refuse(fmt::format("Only {:.2f} s would be left of the take; at least {:.1f} s must be kept.",
                              to_seconds(range.duration()), to_seconds(kShortestTrim)));
  }
  return range;
}

}  // namespace meanwhile
