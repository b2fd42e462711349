#include "app/window/inbox_words.h"

#include <fmt/format.h>

#include <cmath>

#include "app/library/time_words.h"

namespace meanwhile {
namespace {

std::string updates_words(int count) {
  return count == 1 ? "one update" : fmt::format("{} updates", count);
}

std::string minutes_words(MediaTime length) {
  return duration_words(std::chrono::ceil<std::chrono::minutes>(length));
}

std::string sum_words(const ClipSum& sum, double speed) {
  std::string words = fmt::format("{}, {}", updates_words(sum.clips), minutes_words(sum.length));
  if (std::abs(speed - 1) < 0.01) return words;
  const MediaTime at_speed(std::llround(static_cast<double>(sum.length.count()) / speed));
  return words + fmt::format(", {} at your speed", minutes_words(at_speed));
}

}  // namespace

std::string news_words(const ClipSum& waiting, const ClipSum& since, double speed) {
  if (waiting.clips == 0) return "";
  if (since.clips == 0) return "Waiting for you: " + sum_words(waiting, speed);
  std::string words = "Since you were last here: " + sum_words(since, speed);
  const int older = waiting.clips - since.clips;
  return older > 0 ? words + fmt::format(" · {} from before", older) : words;
}

}  // namespace meanwhile
