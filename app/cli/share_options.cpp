#include "app/cli/share_options.h"

#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "app/library/ascii.h"
#include "app/library/reply_by.h"
#include "app/page/share_page.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// "7d", "12h", "2w"; nullopt: not of that kind.
std::optional<std::chrono::hours> parse_span(std::string_view text) {
  int count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  const std::string_view unit(end, text.data() + text.size() - end);
  constexpr int kMost = 100'000;
  if (error != std::errc() || count < 1 || count > kMost) return std::nullopt;
  if (unit == "h") return std::chrono::hours(count);
  if (unit == "d") return std::chrono::hours(24 * count);
  if (unit == "w") return std::chrono::hours(7 * 24 * count);
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> parse_size(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || !(number > 0)) return std::nullopt;
  std::string unit = ascii_lower(std::string(end, text.data() + text.size()));
  std::erase(unit, ' ');
  const double factor = unit.empty() || unit == "b"   ? 1
                        : unit == "kb" || unit == "k" ? 1e3
                        : unit == "mb" || unit == "m" ? 1e6
                        : unit == "gb" || unit == "g" ? 1e9
                                                      : 0;
  const double bytes = number * factor;
  constexpr double kMost = 1e15;
  if (bytes < 1 || bytes > kMost) return std::nullopt;
  return static_cast<std::uint64_t>(bytes);
}

Result<void> set_until(const std::string& text, WallTime now, const std::string& zone, PageRequest& request) {
  if (text.empty()) return {};
  if (text == "never") {
    request.is_for_ever = true;
    return {};
  }
  const auto span = parse_span(text);
  if (span) request.until = now + *span;
  // A day by itself is over at its end.
  if (!request.until) request.until = parse_reply_by(text + " 23:59", now, zone);
  if (!request.until) request.until = parse_reply_by(text, now, zone);
  if (request.until) return {};
  return fail(ErrorCode::InvalidArgument,
              tr_format("'{}' is no time: write 12h, 7d, 2026-12-24 or never", text));
}

}  // namespace meanwhile
