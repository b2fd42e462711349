#include "app/library/time_words.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "app/library/local_zone.h"
#include "media/base/identifier.h"
#include "media/base/media_time.h"
#include "media/base/text.h"

namespace meanwhile {
namespace {

using Days = std::chrono::sys_days;

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
  Days day;
  std::chrono::year_month_day date;
  int minutes = 0;  // since midnight
};

LocalTime split(WallTime time, std::string_view zone) {
  const WallTime local = local_time(time, zone);
  const auto day = std::chrono::floor<std::chrono::days>(local);
  const auto since = std::chrono::duration_cast<std::chrono::minutes>(local - day).count();
  return {day, std::chrono::year_month_day(day), static_cast<int>(since)};
}

std::string clock_of(const LocalTime& time) {
  return fmt::format("{:02}:{:02}", time.minutes / 60, time.minutes % 60);
}

std::string day_and_month(const LocalTime& time) {
  const auto month = static_cast<unsigned>(time.date.month());
  return fmt::format("{} {}", static_cast<unsigned>(time.date.day()), kMonths[month - 1]);
}

std::string calendar_words(const LocalTime& then, const LocalTime& now) {
  const auto days_ago = (now.day - then.day).count();
  if (days_ago == 0) return "today " + clock_of(then);
  if (days_ago == 1) return "yesterday " + clock_of(then);
  if (days_ago > 1 && days_ago < 7) {
    return fmt::format("{} {}", kWeekdays[std::chrono::weekday(then.day).c_encoding()], clock_of(then));
  }
  if (then.date.year() == now.date.year()) return day_and_month(then) + " " + clock_of(then);
  return fmt::format("{} {}", day_and_month(then), static_cast<int>(then.date.year()));
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
  if (ago > -std::chrono::minutes(1) && ago < std::chrono::minutes(1)) return "just now";
  if (ago > std::chrono::minutes(0) && ago < std::chrono::hours(1)) {
    return fmt::format("{} min ago", std::chrono::duration_cast<std::chrono::minutes>(ago).count());
  }
  return calendar_words(split(then, zone), split(now, zone));
}

std::string date_and_time(WallTime time, std::string_view zone) {
  const LocalTime local = split(time, zone);
  return fmt::format("{} {} {}", day_and_month(local), static_cast<int>(local.date.year()), clock_of(local));
}

std::string weekday_and_clock(WallTime time, WallTime now, std::string_view zone) {
  const LocalTime then = split(time, zone);
  const auto days_ahead = (then.day - split(now, zone).day).count();
  if (days_ahead == 0) return "today " + clock_of(then);
  if (days_ahead == 1) return "tomorrow " + clock_of(then);
  if (days_ahead < 0 || days_ahead > 6) return day_and_month(then) + " " + clock_of(then);
  const std::string_view weekday = kWeekdays[std::chrono::weekday(then.day).c_encoding()];
  return fmt::format("{} {}", weekday.substr(0, 3), clock_of(then));
}

std::string clock_words(WallTime time, std::string_view zone) {
  return clock_of(split(time, zone));
}

std::string duration_words(MediaTime duration) {
  const auto seconds = std::chrono::round<std::chrono::seconds>(std::max(duration, MediaTime{})).count();
  if (seconds < 60) return fmt::format("{} s", seconds);
  if (seconds < 3600) {
    return seconds % 60 == 0 ? fmt::format("{} min", seconds / 60)
                             : fmt::format("{} min {} s", seconds / 60, seconds % 60);
  }
  const auto minutes = (seconds + 30) / 60;
  return minutes % 60 == 0 ? fmt::format("{} h", minutes / 60)
                           : fmt::format("{} h {} min", minutes / 60, minutes % 60);
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
