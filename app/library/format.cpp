#include "app/library/format.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/library/events.h"
#include "media/base/format_locale.h"
#include "media/base/media_time.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

}  // namespace

std::string format_size(std::uint64_t bytes) {
  constexpr std::array<const char*, 5> kUnits{"B", "kB", "MB", "GB", "TB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 999.95 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  return unit == 0 ? fmt::format("{} B", bytes) : fmt::format("{} {}", decimal_words(value, 1), kUnits[unit]);
}

std::string title_or_untitled(std::string_view title) {
  title = trimmed(title);
  return title.empty() ? std::string(tr("Untitled update")) : std::string(title);
}

std::string format_speed(double speed) {
  return fmt::format("{}x", short_decimal_words(speed, 2));
}

std::string format_badge(int count) {
  return count > 99 ? "99+" : std::to_string(count);
}

std::string_view ask_kind_words(AskKind kind) {
  switch (kind) {
    case AskKind::Decision:
      return tr_in("what a question asks for", "Decision");
    case AskKind::Answer:
      return tr_in("what a question asks for", "Answer needed");
    case AskKind::Know:
      return tr_in("what a question asks for", "For information");
  }
  return {};
}

std::string format_time_left(std::uint64_t free_bytes, std::uint64_t bytes, MediaTime elapsed) {
  constexpr double kShortestTake = 3;
  constexpr double kWorthSaying = 12 * 3600;
  constexpr int kAlmostFull = 10;  // minutes
  const double seconds = to_seconds(elapsed);
  if (seconds < kShortestTake || bytes == 0) return {};
  const double left = static_cast<double>(free_bytes) / (static_cast<double>(bytes) / seconds);
  if (left > kWorthSaying) return {};
  if (left >= 3600) return tr_format("about {:.0f} h left on this disk", left / 3600);
  const int minutes = std::max(0, int(left / 60));
  if (minutes < kAlmostFull) return tr_format("Disk almost full: about {} min left", minutes);
  return tr_format("about {} min left on this disk", minutes);
}

std::string format_rate(std::uint64_t least, std::uint64_t most) {
  const auto megabytes = [](std::uint64_t bytes) { return (bytes + 500'000) / 1'000'000; };
  if (most == 0) return {};
  if (megabytes(most) == 0) return tr("less than 1 MB a minute");
  const std::uint64_t from = std::max<std::uint64_t>(1, megabytes(least));
  if (from >= megabytes(most)) return tr_format("about {} MB a minute", megabytes(most));
  return tr_format("about {} to {} MB a minute", from, megabytes(most));
}

std::string_view utf8_prefix(std::string_view text, std::size_t count) {
  if (count >= text.size()) return text;
  while (count > 0 && is_continuation(text[count])) --count;
  return text.substr(0, count);
}

}  // namespace meanwhile
