#include "app/library/reply_by.h"

#include <date/date.h>
#include <date/tz.h>

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
#include "app/library/letter_folding.h"
#include "app/library/time_words.h"
#include "media/base/format_locale.h"
#include "media/base/identifier.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr std::array<std::string_view, 7> kDays = {"sunday",   "monday", "tuesday", "wednesday",
                                                   "thursday", "friday", "saturday"};

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

// In the reader's language; "": it is English.
std::string readers_weekday(unsigned day) {
  constexpr std::chrono::sys_days kASunday = std::chrono::year(2026) / 11 / 1;
  return folded_letters(time_fields(WallTime(kASunday + days(day)), "EEEE").value_or(""));
}

// 0: Sunday. In English by three letters, in other languages by two, as they shorten their days.
std::optional<unsigned> weekday_from(std::string_view word) {
  for (unsigned i = 0; i < kDays.size(); ++i) {
    if (word.size() >= 3 && kDays[i].starts_with(word)) return i;
    if (word.size() >= 2 && readers_weekday(i).starts_with(folded_letters(word))) return i;
  }
  return std::nullopt;
}

bool means(std::string_view word, const char* english, const char* readers) {
  return word == english || folded_letters(word) == folded_letters(readers);
}

// The day that `word` means for somebody whose clock shows `now`; at: the time of that day.
std::optional<date::local_days> day_from(std::string_view word, LocalMinutes now, minutes at) {
  const auto today = date::floor<days>(now);
  const bool is_over = today + at <= now;
  if (word.empty()) return today + days(is_over ? 1 : 0);
  if (means(word, "today", tr_in("typed as a deadline's day", "today"))) return today;
  if (means(word, "tomorrow", tr_in("typed as a deadline's day", "tomorrow"))) return today + days(1);
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
  return weekday_and_clock(by, now, zone);
}

std::string distance_words(WallTime then, WallTime now) {
  const auto away = std::chrono::abs(then - now);
  const auto whole = std::chrono::round<minutes>(away).count();
  const bool is_to_come = then >= now;
  if (whole < 60) {
    const long n = std::max<long>(whole, 1);
    return is_to_come ? tr_count(n, "in {} min", "in {} min", n) : tr_count(n, "{} min ago", "{} min ago", n);
  }
  if (whole < 48 * 60) {
    const long n = (whole + 30) / 60;
    return is_to_come ? tr_count(n, "in {} h", "in {} h", n) : tr_count(n, "{} h ago", "{} h ago", n);
  }
  const long n = (whole + 12 * 60) / (24 * 60);
  return is_to_come ? tr_count(n, "in {} day", "in {} days", n) : tr_count(n, "{} day ago", "{} days ago", n);
}

}  // namespace meanwhile
