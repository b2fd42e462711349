#include "app/library/time_words.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "app/library/local_zone.h"
#include "media/base/format_locale.h"
#include "media/base/identifier.h"
#include "media/base/media_time.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

using Days = std::chrono::sys_days;

// Where the reader's locale isn't known.
constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<const char*, 7> kWeekdays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                  "Thursday", "Friday", "Saturday"};

// The date library throws on an unknown zone, and when there are no zone data at all.
const date::time_zone* find_zone(std::string_view name) {
  try {
    return name.empty() ? nullptr : date::locate_zone(std::string(name));
  } catch (const std::exception&) {
    return nullptr;
  }
}

// Times that no calendar is made for are held at its ends.
WallTime within_calendar(WallTime time) {
  constexpr WallTime kFirst{std::chrono::milliseconds(-62'135'596'800'000)};  // year 1
  constexpr WallTime kLast{std::chrono::milliseconds(253'402'300'799'999)};   // year 9999
  return std::clamp(time, kFirst, kLast);
}

// Wall-clock time as the clock on the wall of that zone shows it, without the zone.
WallTime local_time(WallTime time, std::string_view zone) {
  time = within_calendar(time);
  const date::time_zone* found = find_zone(zone);
  if (!found) return time;
  try {
    return time + std::chrono::duration_cast<std::chrono::milliseconds>(found->get_info(time).offset);
  } catch (const std::exception&) {
    return time;  // zone data that can't be read
  }
}

struct LocalTime {
  WallTime wall;  // as the clock on the wall shows it
  Days day;
  std::chrono::year_month_day date;
  int minutes = 0;  // since midnight
};

LocalTime split(WallTime time, std::string_view zone) {
  const WallTime local = local_time(time, zone);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const auto since = std::chrono::duration_cast<std::chrono::minutes>(local - day).count();
  return {local, day, std::chrono::year_month_day(day), static_cast<int>(since)};
}

std::string english_clock(const LocalTime& time) {
  return fmt::format("{:02}:{:02}", time.minutes / 60, time.minutes % 60);
}

std::string english_day(const LocalTime& time) {
  const auto month = static_cast<unsigned>(time.date.month());
  return fmt::format("{} {}", static_cast<unsigned>(time.date.day()), kMonths[month - 1]);
}

std::string_view english_weekday(const LocalTime& time) {
  return kWeekdays[std::chrono::weekday(time.day).c_encoding()];
}

std::string clock_of(const LocalTime& time) {
  return time_fields(time.wall, "jm").value_or(english_clock(time));
}

std::string day_and_clock(const LocalTime& time) {
  return time_fields(time.wall, "MMMdjm").value_or(english_day(time) + " " + english_clock(time));
}

std::string day_and_year(const LocalTime& time) {
  return time_fields(time.wall, "yMMMd")
      .value_or(fmt::format("{} {}", english_day(time), static_cast<int>(time.date.year())));
}

std::string calendar_words(const LocalTime& then, const LocalTime& now) {
  const auto days_ago = (now.day - then.day).count();
  // TRANSLATORS: {} is a time of the day: "today 14:05".
  if (days_ago == 0) return tr_format("today {}", clock_of(then));
  if (days_ago == 1) return tr_format("yesterday {}", clock_of(then));
  if (days_ago > 1 && days_ago < 7) {
    return time_fields(then.wall, "EEEEjm")
        .value_or(fmt::format("{} {}", english_weekday(then), english_clock(then)));
  }
  return then.date.year() == now.date.year() ? day_and_clock(then) : day_and_year(then);
}

// Two digits at the front of text, taken off it; nullopt if they aren't there or too large.
std::optional<int> take_two_digits(std::string_view& text, int most) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.size() < 2 || !is_digit(text[0]) || !is_digit(text[1])) return std::nullopt;
  const int value = (text[0] - '0') * 10 + (text[1] - '0');
  text.remove_prefix(2);
  return value <= most ? std::optional(value) : std::nullopt;
}

std::optional<int> take_clock(std::string_view& text) {
  const auto hour = take_two_digits(text, 24);
  if (!hour || !text.starts_with(':')) return std::nullopt;
  text.remove_prefix(1);
  const auto rest = take_two_digits(text, 59);
  if (!rest || *hour * 60 + *rest > 24 * 60) return std::nullopt;
  return *hour * 60 + *rest;
}

std::string first_letter(std::string_view word) {
  std::string letter;
  const char32_t c = take_code_point(word).value_or(kReplacementCharacter);
  append_code_point(letter, c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  return letter;
}

}  // namespace

bool is_known_zone(std::string_view zone) {
  return find_zone(zone) != nullptr;
}

std::string local_zone() {
  ZonePlaces places;
  if (const char* variable = std::getenv("TZ")) places.variable = variable;
  if (const char* folder = std::getenv("TZDIR")) places.zone_data = folder;
  const std::string zone = local_zone(places);
  return is_known_zone(zone) ? zone : "UTC";
}

std::string time_words(WallTime then, WallTime now, std::string_view zone) {
  then = within_calendar(then);
  now = within_calendar(now);
  // A little ahead: clocks differ.
  const auto ago = now - then;
  if (ago > -std::chrono::minutes(1) && ago < std::chrono::minutes(1)) return tr("just now");
  if (ago > std::chrono::minutes(0) && ago < std::chrono::hours(1)) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(ago).count();
    return tr_count(static_cast<std::uint64_t>(minutes), "{} min ago", "{} min ago", minutes);
  }
  return calendar_words(split(then, zone), split(now, zone));
}

std::string date_and_time(WallTime time, std::string_view zone) {
  const LocalTime local = split(time, zone);
  return time_fields(local.wall, "yMMMdjm").value_or(day_and_year(local) + " " + english_clock(local));
}

std::string weekday_and_clock(WallTime time, WallTime now, std::string_view zone) {
  const LocalTime then = split(time, zone);
  const auto days_ahead = (then.day - split(now, zone).day).count();
  if (days_ahead == 0) return tr_format("today {}", clock_of(then));
  if (days_ahead == 1) return tr_format("tomorrow {}", clock_of(then));
  if (days_ahead < 0 || days_ahead > 6) return day_and_clock(then);
  return time_fields(then.wall, "EEEjm")
      .value_or(fmt::format("{} {}", english_weekday(then).substr(0, 3), english_clock(then)));
}

std::string clock_words(WallTime time, std::string_view zone) {
  return clock_of(split(time, zone));
}

bool is_same_day(WallTime time, std::string_view zone, std::string_view other_zone) {
  return split(time, zone).day == split(time, other_zone).day;
}

std::string duration_words(MediaTime duration) {
  const auto seconds = std::chrono::round<std::chrono::seconds>(std::max(duration, MediaTime{})).count();
  // TRANSLATORS: lengths of time, in seconds, minutes and hours: "45 s", "5 min 20 s", "1 h 2 min".
  if (seconds < 60) return tr_format("{} s", seconds);
  if (seconds < 3600) {
    return seconds % 60 == 0 ? tr_format("{} min", seconds / 60)
                             : tr_format("{} min {} s", seconds / 60, seconds % 60);
  }
  const auto minutes = (seconds + 30) / 60;
  return minutes % 60 == 0 ? tr_format("{} h", minutes / 60)
                           : tr_format("{} h {} min", minutes / 60, minutes % 60);
}

std::optional<DayHours> parse_day_hours(std::string_view text) {
  const auto from = take_clock(text);
  if (!from || *from == 24 * 60 || !text.starts_with('-')) return std::nullopt;
  text.remove_prefix(1);
  const auto to = take_clock(text);
  if (!to || !text.empty() || *from == *to) return std::nullopt;
  return DayHours{*from, *to};
}

std::string initials(std::string_view name) {
  // Neither a mark (person_name.h) nor what stands in brackets is a last name.
  const std::string line = display_line(name.substr(0, std::min(name.find(" · "), name.find(" ("))));
  if (line.empty()) return "?";
  const auto last_space = line.rfind(' ');
  std::string letters = first_letter(line);
  // Two letters of such scripts would join, or are two syllables already.
  constexpr char32_t kLastOfLatinGreekCyrillic = 0x52F;
  std::string_view first = line;
  if (take_code_point(first).value_or(0) > kLastOfLatinGreekCyrillic) return letters;
  if (last_space != std::string::npos) letters += first_letter(std::string_view(line).substr(last_space + 1));
  return letters;
}

}  // namespace meanwhile
