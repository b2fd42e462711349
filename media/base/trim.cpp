#include "media/base/trim.h"

#include <chrono>
#include <string>
#include <utility>

#include "media/base/media_time.h"
#include "media/base/result.h"

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
    return refuse("The draft's start and end make no sense; set them again.");
  const auto named = [](const char* name, MediaTime at) {
    return std::string(name) + " " + format_exact_moment(at);
  };
  const std::string begin = named("The start", range.from);
  const std::string end = named("The end", range.to);
  const std::string last = named("the draft's end,", duration);
  if (range.from >= duration) return refuse(begin + " is not before " + last + "; choose an earlier one.");
  if (range.to > duration) return refuse(end + " is after " + last + "; choose an earlier one.");
  if (range.to <= range.from)
    return refuse(end + " is not after " + named("the start", range.from) + "; change one of them.");
  if (range.duration() < kShortestTrim) {
    return refuse("Only " + std::to_string(range.duration() / kMillisecond) +
                  " ms would be left of the draft; at least " + std::to_string(kShortestTrim / kMillisecond) +
                  " ms must be kept.");
  }
  return range;
}

}  // namespace meanwhile
