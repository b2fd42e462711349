#include "app/window/inbox_words.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <string>

#include "app/library/index.h"
#include "app/library/time_words.h"
#include "media/base/media_time.h"

namespace meanwhile {
namespace {

std::string updates_words(int count) {
  return count == 1 ? "one update" : fmt::format("{} updates", count);
}

std::string minutes_words(MediaTime length) {
  return duration_words(std::chrono::ceil<std::chrono::minutes>(length));
}

std::string sum_words(const ClipSum& sum, const Pace& pace) {
  std::string words = fmt::format("{}, {}", updates_words(sum.clips), minutes_words(sum.length));
  const bool is_other_speed = std::abs(pace.speed - 1) >= 0.01;
  const bool is_shorter = pace.skips_pauses && sum.pauses > MediaTime{};
  if (!is_other_speed && !is_shorter) return words;
  const MediaTime watched = is_shorter ? sum.length - sum.pauses : sum.length;
  const MediaTime at_speed(std::llround(static_cast<double>(watched.count()) / pace.speed));
  return words + fmt::format(", {}{}{}", minutes_words(at_speed), is_other_speed ? " at your speed" : "",
                             is_shorter ? " with pauses skipped" : "");
}

}  // namespace

std::string news_words(const ClipSum& waiting, const ClipSum& since, const Pace& pace) {
  if (waiting.clips == 0) return "";
  if (since.clips == 0) return "Waiting for you: " + sum_words(waiting, pace);
  std::string words = "Since you were last here: " + sum_words(since, pace);
  const int older = waiting.clips - since.clips;
  return older > 0 ? words + fmt::format(" · {} from before", older) : words;
}

}  // namespace meanwhile
