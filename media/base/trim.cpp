#include "media/base/trim.h"

#include <chrono>
#include <string>
#include <utility>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr MediaTime kMillisecond = std::chrono::milliseconds(1);

}  // namespace

Result<KeptRange> kept_range(const Trim& trim, MediaTime duration) {
  const KeptRange range{.from = trim.from.value_or(MediaTime{}), .to = trim.to.value_or(duration)};
  const auto refuse = [](std::string sentence) {
    return fail(ErrorCode::InvalidArgument, std::move(sentence));
  };
  if (!trim.is_set()) return range;
  if (range.from < MediaTime{} || range.to < MediaTime{})
    return refuse(tr("The draft's start and end make no sense; set them again."));
  const std::string begin = format_exact_moment(range.from);
  const std::string end = format_exact_moment(range.to);
  const std::string last = format_exact_moment(duration);
  if (range.from >= duration)
    return refuse(
        // TRANSLATORS: {0} and {1} are moments such as 1:23.4.
        tr_format("The start {} is not before the draft's end, {}; choose an earlier one.", begin, last));
  if (range.to > duration)
    return refuse(tr_format("The end {} is after the draft's end, {}; choose an earlier one.", end, last));
  if (range.to <= range.from)
    return refuse(tr_format("The end {} is not after the start {}; change one of them.", end, begin));
  if (range.duration() < kShortestTrim) {
    return refuse(tr_format("Only {} ms would be left of the draft; at least {} ms must be kept.",
                            range.duration() / kMillisecond, kShortestTrim / kMillisecond));
  }
  return range;
}

}  // namespace meanwhile
