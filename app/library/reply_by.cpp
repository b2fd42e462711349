#include "app/library/reply_by.h"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "app/library/ascii.h"
#include "media/base/identifier.h"
#include "media/base/text.h"

namespace meanwhile {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr std::array<std::string_view, 7> kDays = {"sunday",   "monday", "tuesday", "wednesday",
                                                   "thursday", "friday", "saturday"};
constexpr std::array<const char*, 7> kShortDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> kMonthNames = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// The date library throws on an unknown zone.
const date::time_zone* zone_or_utc(std::string_view name) {
  try {
    return date::locate_zone(name.empty() ? "UTC" : std::string(name));
  } catch (const std::exception&) {
    return nullptr;
  }
}

using LocalMinutes = date::local_time<minutes>;

LocalMinutes local_of(WallTime time, std::string_view zone) {
  const date::time_zone* found = zone_or_utc(zone);
  const auto whole = std::chrono::floor<minutes>(time);
  try {
    if (found) return LocalMinutes(std::chrono::floor<minutes>(found->to_local(whole)).time_since_epoch());
  } catch (const std::exception&) {  // zone data that can't be read: UTC
  }
  return LocalMinutes(whole.time_since_epoch());
}

WallTime wall_of(LocalMinutes local, std::string_view zone) {
  const date::time_zone* found = zone_or_utc(zone);
  try {
    if (found)
      return std::chrono::floor<std::chrono::milliseconds>(found->to_sys(local, date::choose::earliest));
  } catch (const std::exception&) {
  }
  return WallTime(local.time_since_epoch());
}

std::optional<int> number(std::string_view digits, int most) {
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value >= 0 && value <= most ? std::optional(value) : std::nullopt;
}

// "9:30", "16:00".
std::optional<minutes> clock_from(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || text.size() - colon != 3) return std::nullopt;
  const auto hour = number(text.substr(0, colon), 23);
  const auto minute = number(text.substr(colon + 1), 59);
  if (!hour || !minute) return std::nullopt;
  return std::chrono::hours(*hour) + minutes(*minute);
}

std::optional<date::local_days> date_from(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4), 9999);
  const auto month = number(text.substr(5, 2), 12);
  const auto day = number(text.substr(8, 2), 31);
  if (!year || !month || !day) return std::nullopt;
  const date::year_month_day whole{date::year(*year), date::month(static_cast<unsigned>(*month)),
                                   date::day(static_cast<unsigned>(*day))};
  return whole.ok() ? std::optional(date::local_days(whole)) : std::nullopt;
}

// 0: Sunday.
std::optional<unsigned> weekday_from(std::string_view word) {
  for (unsigned i = 0; i < kDays.size(); ++i)
    if (word.size() >= 3 && kDays[i].starts_with(word)) return i;
  return std::nullopt;
}

// The day that `word` means for somebody whose clock shows `now`; at: the time of that day.
std::optional<date::local_days> day_from(std::string_view word, LocalMinutes now, minutes at) {
  const auto today = date::floor<days>(now);
  const bool is_over = today + at <= now;
  if (word.empty()) return today + days(is_over ? 1 : 0);
  if (word == "today") return today;
  if (word == "tomorrow") return today + days(1);
  if (const auto weekday = weekday_from(word)) {
    const auto ahead = (date::weekday(*weekday) - date::weekday(today)).count();
    return today + days(ahead == 0 && is_over ? 7 : ahead);
  }
  return date_from(word);
}

}  // namespace

std::optional<WallTime> parse_reply_by(std::string_view text, WallTime now, std::string_view zone) {
  if (const auto exact = parse_rfc3339(text)) return *exact;
  const std::string line = ascii_lower(display_line(text));
  const auto space = line.rfind(' ');
  const std::string word = space == std::string::npos ? "" : line.substr(0, space);
  const auto at = clock_from(space == std::string::npos ? line : line.substr(space + 1));
  if (!at) return std::nullopt;
  const auto day = day_from(word, local_of(now, zone), *at);
  if (!day) return std::nullopt;
  return wall_of(LocalMinutes(*day) + *at, zone);
}

std::string reply_by_words(WallTime by, WallTime now, std::string_view zone) {
  const LocalMinutes local = local_of(by, zone);
  const auto day = date::floor<days>(local);
  const auto at = (local - day).count();
  const std::string clock = fmt::format("{:02}:{:02}", at / 60, at % 60);
  const auto ahead = (day - date::floor<days>(local_of(now, zone))).count();
  if (ahead == 0) return "today " + clock;
  if (ahead == 1) return "tomorrow " + clock;
  if (ahead > 1 && ahead < 7) return fmt::format("{} {}", kShortDays[date::weekday(day).c_encoding()], clock);
  const date::year_month_day date(day);
  return fmt::format("{} {} {}", static_cast<unsigned>(date.day()),
                     kMonthNames[static_cast<unsigned>(date.month()) - 1], clock);
}

std::string distance_words(WallTime then, WallTime now) {
  const auto away = std::chrono::abs(then - now);
  const auto whole = std::chrono::round<minutes>(away).count();
  std::string words;
  if (whole < 60)
    words = fmt::format("{} min", std::max<long>(whole, 1));
  else if (whole < 48 * 60)
    words = fmt::format("{} h", (whole + 30) / 60);
  else
    words = fmt::format("{} days", (whole + 12 * 60) / (24 * 60));
  return then >= now ? "in " + words : words + " ago";
}

}  // namespace meanwhile
