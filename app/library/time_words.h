// Times and people as a person reads them. Zones are IANA names ("Europe/Berlin"), from the system's time
// zone data; an unknown one is taken as UTC. Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "media/base/identifier.h"
#include "media/base/media_time.h"

namespace meanwhile {

bool is_known_zone(std::string_view zone);
// The zone of this machine; "UTC" if that can't be told.
std::string local_zone();

// "just now", "3 min ago", "today 14:05", "yesterday 14:05", "Tuesday 14:05", "3 Nov 14:05", "3 Nov 2025".
std::string time_words(WallTime then, WallTime now, std::string_view zone);
// "3 Nov 2026 14:05", for tooltips.
std::string date_and_time(WallTime time, std::string_view zone);
// "today 16:00", "tomorrow 16:00", "Thu 16:00" within a week from now, else "3 Nov 16:00". For times to come.
std::string weekday_and_clock(WallTime time, WallTime now, std::string_view zone);
// "14:05".
std::string clock_words(WallTime time, std::string_view zone);

// The calendars on the walls of both zones show the same day.
bool is_same_day(WallTime time, std::string_view zone, std::string_view other_zone);

// "45 s", "5 min 20 s", "1 h 2 min"; rounded to whole seconds, from an hour on to minutes.
std::string duration_words(MediaTime duration);

// "09:00-17:00", also over midnight ("22:00-06:00").
struct DayHours {
  int from_minutes = 0;  // since midnight
  int to_minutes = 0;
};
std::optional<DayHours> parse_day_hours(std::string_view text);

// "AB" for "Anna Maria Becker", "A" for "anna", "?" for nothing that can be shown.
std::string initials(std::string_view name);

}  // namespace meanwhile
