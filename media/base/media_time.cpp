#include "media/base/media_time.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "media/base/result.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr double kLongestSeconds = 100.0 * 3600;

// A plain decimal number, nothing before or after it: no sign, exponent, hex, inf or nan.
std::optional<double> parse_decimal(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789.") != std::string_view::npos) return std::nullopt;
  double value = 0;
  auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string_view start_of(std::string_view text) {
  return text.substr(0, 40);
}

Result<MediaTime> in_range(double seconds, std::string_view text) {
  if (seconds > kLongestSeconds) {
    return fail(ErrorCode::InvalidArgument, tr_format("'{}' is over 100 hours", start_of(text)));
  }
  return from_seconds(seconds);
}

Result<MediaTime> duration_of(std::optional<double> seconds, std::string_view text) {
  if (seconds) return in_range(*seconds, text);
  return fail(ErrorCode::InvalidArgument,
              tr_format("'{}' is not a duration: write 8s, 2m or 90", start_of(text)));
}

}  // namespace

Result<MediaTime> parse_duration(std::string_view text) {
  struct Unit {
    std::string_view suffix;
    double seconds;
  };
  static constexpr std::array<Unit, 4> kUnits{{{"ms", 0.001}, {"s", 1}, {"m", 60}, {"h", 3600}}};
  for (const Unit& unit : kUnits) {
    if (!text.ends_with(unit.suffix)) continue;
    auto number = parse_decimal(text.substr(0, text.size() - unit.suffix.size()));
    return duration_of(number ? std::optional(*number * unit.seconds) : std::nullopt, text);
  }
  return duration_of(parse_decimal(text), text);
}

Result<MediaTime> parse_moment(std::string_view text) {
  std::optional<double> total = 0;
  std::string_view rest = text;
  for (int parts = 1; total; ++parts) {
    const auto colon = rest.find(':');
    const auto part = parse_decimal(rest.substr(0, colon));
    const bool is_last = colon == std::string_view::npos;
    const bool fits = part && parts <= 3 &&
                      (is_last || rest.substr(0, colon).find('.') == std::string_view::npos) &&
                      (parts == 1 || *part < 60);
    total = fits ? std::optional(*total * 60 + *part) : std::nullopt;
    if (is_last) break;
    rest = rest.substr(colon + 1);
  }
  if (total) return in_range(*total, text);
  return fail(ErrorCode::InvalidArgument,
              tr_format("'{}' is not a moment: write 83.5, 1:23.5 or 1:02:03", start_of(text)));
}

std::string format_moment(MediaTime time) {
  const auto total = std::max<long long>(0, time.count() / 1'000'000);
  std::array<char, 48> buffer{};
  if (total >= 3600) {
    std::snprintf(buffer.data(), buffer.size(), "%lld:%02lld:%02lld", total / 3600, total / 60 % 60,
                  total % 60);
  } else {
    std::snprintf(buffer.data(), buffer.size(), "%lld:%02lld", total / 60, total % 60);
  }
  return buffer.data();
}

std::string format_exact_moment(MediaTime time) {
  const auto tenths = std::max<long long>(0, time.count() / 100'000) % 10;
  return format_moment(time) + "." + static_cast<char>('0' + tenths);
}

}  // namespace meanwhile
