// When people work: hours of the day in their time zone, days of the week, days off. Pure functions on the
// calendar of the date library; a shift may go over midnight and belongs to the day on which it begins. Any
// thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/time_words.h"
#include "media/base/identifier.h"

namespace meanwhile {

// Of the week; bit n: std::chrono::weekday(n).
struct WorkDays {
  unsigned bits = 0b0111110;  // Monday to Friday
  bool has(std::chrono::weekday day) const { return (bits >> day.c_encoding() & 1U) != 0; }
  bool operator==(const WorkDays&) const = default;
};
// "mon,tue,wed"; "": the usual ones. nullopt: something else.
std::optional<WorkDays> parse_work_days(std::string_view text);
std::string to_text(const WorkDays& days);

// Both included.
struct DaysOff {
  std::chrono::sys_days first;
  std::chrono::sys_days last;
  bool operator==(const DaysOff&) const = default;
};
// "2026-12-24..2027-01-02,2027-05-01", at most 50; "": none. nullopt: something else.
std::optional<std::vector<DaysOff>> parse_days_off(std::string_view text);

struct Schedule {
  std::string zone;  // IANA; unknown: UTC
  DayHours hours{9 * 60, 17 * 60};
  WorkDays days;
  std::vector<DaysOff> off;
};
// As a profile has them; what isn't said or can't be read is as usual: 09:00 to 17:00, Monday to Friday.
Schedule schedule_of(std::string_view zone, std::string_view hours, std::string_view days,
                     std::string_view away);

struct WorkSpan {
  WallTime begin{};
  WallTime end{};
};

// The one that `from` lies in, else the next one. nullopt: none within a year.
std::optional<WorkSpan> work_at_or_after(const Schedule& schedule, WallTime from);
// The first that begins at or after `from`: the next morning of who works now.
std::optional<WorkSpan> next_work(const Schedule& schedule, WallTime from);
bool is_working(const Schedule& schedule, WallTime time);
// When so much working time will have passed. nullopt: not within a year.
std::optional<WallTime> after_working(const Schedule& schedule, WallTime from,
                                      std::chrono::milliseconds length);

// On the full half hour, never earlier.
WallTime to_next_half_hour(WallTime time);

// "Lisbon" for "Europe/Lisbon", "New York" for "America/New_York".
std::string place_of_zone(std::string_view zone);

}  // namespace meanwhile
