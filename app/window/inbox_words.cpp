#include "app/window/inbox_words.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <string>

#include "app/library/index.h"
#include "app/library/time_words.h"
#include "media/base/media_time.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

std::string minutes_words(MediaTime length) {
  return duration_words(std::chrono::ceil<std::chrono::minutes>(length));
}

std::string sum_words(const ClipSum& sum, const Pace& pace) {
  const std::string updates =
      tr_count(static_cast<std::uint64_t>(sum.clips), "one update", "{} updates", sum.clips);
  const std::string length = minutes_words(sum.length);
  const bool is_other_speed = std::abs(pace.speed - 1) >= 0.01;
  const bool is_shorter = pace.skips_pauses && sum.pauses > MediaTime{};
  if (!is_other_speed && !is_shorter) return fmt::format("{}, {}", updates, length);
  const MediaTime watched = is_shorter ? sum.length - sum.pauses : sum.length;
  const MediaTime at_speed(std::llround(static_cast<double>(watched.count()) / pace.speed));
  const std::string yours = minutes_words(at_speed);
  // TRANSLATORS: {0} is how many updates, {1} how long they are, {2} how long they take you.
  if (!is_shorter) return tr_format("{}, {}, {} at your speed", updates, length, yours);
  return is_other_speed ? tr_format("{}, {}, {} at your speed with pauses skipped", updates, length, yours)
                        : tr_format("{}, {}, {} with pauses skipped", updates, length, yours);
}

}  // namespace

std::string news_words(const ClipSum& waiting, const ClipSum& since, const Pace& pace) {
  if (waiting.clips == 0) return "";
  // TRANSLATORS: {} is as "3 updates, 12 minutes".
  if (since.clips == 0) return tr_format("Waiting for you: {}", sum_words(waiting, pace));
  const std::string words = tr_format("Since you were last here: {}", sum_words(since, pace));
  const int older = waiting.clips - since.clips;
  if (older <= 0) return words;
  // TRANSLATORS: {} is how many updates.
  return words + " · " +
         tr_count(static_cast<std::uint64_t>(older), "{} from before", "{} from before", older);
}

}  // namespace meanwhile
