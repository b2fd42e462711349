#include "app/library/working_time.h"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <ratio>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "app/library/time_words.h"
#include "media/base/identifier.h"

namespace meanwhile {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::sys_days;

constexpr std::size_t kMostDaysOff = 50;
// Longer than any parental leave that is worth planning for.
constexpr int kDaysToLookAt = 400;
constexpr std::array<std::string_view, 7> kDayNames = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

template <typename Visit>
bool each_part(std::string_view text, Visit visit) {
  while (true) {
    const auto comma = std::min(text.find(','), text.size());
    if (!visit(text.substr(0, comma))) return false;
    if (comma == text.size()) return true;
    text.remove_prefix(comma + 1);
  }
}

std::optional<int> number(std::string_view digits) {
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size() || value < 0) return std::nullopt;
  return value;
}

// "2026-12-24".
std::optional<sys_days> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4));
  const auto month = number(text.substr(5, 2));
  const auto day = number(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  return date.ok() ? std::optional<sys_days>(date) : std::nullopt;
}

std::optional<DaysOff> parse_off(std::string_view text) {
  const auto dots = text.find("..");
  const auto first = parse_day(text.substr(0, dots));
  const auto last = dots == std::string_view::npos ? first : parse_day(text.substr(dots + 2));
  if (!first || !last || *last < *first) return std::nullopt;
  return DaysOff{*first, *last};
}

const date::time_zone* find_zone(const std::string& name) {
  try {
    return name.empty() ? nullptr : date::locate_zone(name);
  } catch (const std::exception&) {
    return nullptr;
  }
}

// A clock on the wall that jumps: what it never shows is the moment of the jump; of what it shows twice, a
// span has both.
WallTime to_wall(const date::time_zone* zone, sys_days day, int minute, date::choose which) {
  const auto local = day.time_since_epoch() + minutes(minute);
  if (!zone) return WallTime(std::chrono::duration_cast<milliseconds>(local));
  try {
    const auto time =
        zone->to_sys(date::local_time<minutes>(std::chrono::duration_cast<minutes>(local)), which);
    return WallTime(std::chrono::duration_cast<milliseconds>(time.time_since_epoch()));
  } catch (const std::exception&) {
    return WallTime(std::chrono::duration_cast<milliseconds>(local));
  }
}

sys_days local_day(const date::time_zone* zone, WallTime time) {
  milliseconds offset{0};
  try {
    if (zone) offset = zone->get_info(time).offset;
  } catch (const std::exception&) {
    offset = milliseconds(0);
  }
  return std::chrono::floor<days>(time + offset);
}

bool works_on(const Schedule& schedule, sys_days day) {
  const bool is_off = std::ranges::any_of(
      schedule.off, [day](const DaysOff& off) { return day >= off.first && day <= off.last; });
  return !is_off && schedule.days.has(std::chrono::weekday(day));
}

WorkSpan span_of(const Schedule& schedule, const date::time_zone* zone, sys_days day) {
  const DayHours& hours = schedule.hours;
  const sys_days last = hours.to_minutes > hours.from_minutes ? day : day + days(1);
  return {to_wall(zone, day, hours.from_minutes, date::choose::earliest),
          to_wall(zone, last, hours.to_minutes, date::choose::latest)};
}

// From the day before on: a night's work may still go on.
template <typename Suits>
std::optional<WorkSpan> first_span(const Schedule& schedule, WallTime from, Suits suits) {
  const date::time_zone* zone = find_zone(schedule.zone);
  const sys_days first = local_day(zone, from) - days(1);
  for (int i = 0; i < kDaysToLookAt; ++i) {
    if (!works_on(schedule, first + days(i))) continue;
    const WorkSpan span = span_of(schedule, zone, first + days(i));
    if (span.begin < span.end && suits(span)) return span;
  }
  return std::nullopt;
}

}  // namespace

std::optional<WorkDays> parse_work_days(std::string_view text) {
  if (text.empty()) return WorkDays{};
  WorkDays read{0};
  const bool is_good = each_part(text, [&](std::string_view part) {
    const auto found = std::ranges::find(kDayNames, part);
    if (found != kDayNames.end()) read.bits |= 1U << (found - kDayNames.begin());
    return found != kDayNames.end();
  });
  return is_good ? std::optional(read) : std::nullopt;
}

std::string to_text(const WorkDays& week) {
  std::string text;
  for (unsigned i = 1; i <= 7; ++i) {
    if (week.has(std::chrono::weekday(i % 7)))
      text += (text.empty() ? "" : ",") + std::string(kDayNames[i % 7]);
  }
  return text;
}

std::optional<std::vector<DaysOff>> parse_days_off(std::string_view text) {
  std::vector<DaysOff> read;
  if (text.empty()) return read;
  const bool is_good = each_part(text, [&](std::string_view part) {
    const auto off = parse_off(part);
    if (off) read.push_back(*off);
    return off && read.size() <= kMostDaysOff;
  });
  return is_good ? std::optional(std::move(read)) : std::nullopt;
}

Schedule schedule_of(std::string_view zone, std::string_view hours, std::string_view days,
                     std::string_view away) {
  Schedule schedule{.zone = std::string(zone)};
  schedule.hours = parse_day_hours(hours).value_or(schedule.hours);
  schedule.days = parse_work_days(days).value_or(schedule.days);
  schedule.off = parse_days_off(away).value_or(schedule.off);
  return schedule;
}

std::optional<WorkSpan> work_at_or_after(const Schedule& schedule, WallTime from) {
  return first_span(schedule, from, [from](const WorkSpan& span) { return span.end > from; });
}

std::optional<WorkSpan> next_work(const Schedule& schedule, WallTime from) {
  return first_span(schedule, from, [from](const WorkSpan& span) { return span.begin >= from; });
}

bool is_working(const Schedule& schedule, WallTime time) {
  const auto span = work_at_or_after(schedule, time);
  return span && span->begin <= time;
}

std::optional<WallTime> after_working(const Schedule& schedule, WallTime from, milliseconds length) {
  for (WallTime now = from;;) {
    const auto span = work_at_or_after(schedule, now);
    if (!span || span->begin > from + days(kDaysToLookAt)) return std::nullopt;
    const WallTime begin = std::max(now, span->begin);
    if (begin + length <= span->end) return begin + length;
    length -= std::chrono::duration_cast<milliseconds>(span->end - begin);
    now = span->end;
  }
}

WallTime to_next_half_hour(WallTime time) {
  using HalfHours = std::chrono::duration<std::int64_t, std::ratio<1800>>;
  return WallTime(std::chrono::ceil<HalfHours>(time.time_since_epoch()));
}

std::string place_of_zone(std::string_view zone) {
  const auto slash = zone.rfind('/');
  std::string place(slash == std::string_view::npos ? zone : zone.substr(slash + 1));
  std::ranges::replace(place, '_', ' ');
  return place.empty() ? "UTC" : place;
}

}  // namespace meanwhile
