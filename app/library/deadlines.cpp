#include "app/library/deadlines.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/index.h"
#include "app/library/reach.h"
#include "app/library/time_words.h"
#include "app/library/working_time.h"
#include "media/base/identifier.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

using std::chrono::hours;

// Of working time: watching, thinking, and something else that was begun before.
constexpr hours kHourOfWork{1};
constexpr std::size_t kMostDays = 5;
// More names are no help.
constexpr std::size_t kMostNamed = 3;

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

std::vector<Schedule> schedules_of(std::span<const Person> asked, std::string_view zone) {
  std::vector<Schedule> schedules;
  for (const Person& person : asked) {
    schedules.push_back(schedule_of(person));
    if (!is_known_zone(person.time_zone)) schedules.back().zone = zone;
  }
  if (schedules.empty()) schedules.push_back(schedule_of(zone, "", "", ""));
  return schedules;
}

// A day's work ends with its last minute.
bool works_until(const Schedule& schedule, WallTime at) {
  return is_working(schedule, at - std::chrono::minutes(1));
}

// The part of a day's work that the others share; all of it where they share none.
WorkSpan shared_part(WorkSpan span, const std::vector<Schedule>& schedules) {
  WorkSpan shared = span;
  for (const Schedule& other : schedules) {
    const auto theirs = work_at_or_after(other, span.begin);
    if (!theirs) continue;
    shared = {std::max(shared.begin, theirs->begin), std::min(shared.end, theirs->end)};
  }
  return shared.begin < shared.end ? shared : span;
}

struct Slowest {
  const Schedule* schedule = nullptr;
  WallTime ready{};  // when the last of them has had an hour of work
};

// nullopt: nobody works within a year.
std::optional<Slowest> slowest_of(const std::vector<Schedule>& schedules, WallTime now) {
  std::optional<Slowest> slowest;
  for (const Schedule& schedule : schedules) {
    const auto ready = after_working(schedule, now, kHourOfWork);
    if (ready && (!slowest || *ready > slowest->ready)) slowest = {&schedule, *ready};
  }
  return slowest;
}

// Of places whose clocks show another time than the asker's: who is where is what the names say.
std::string theirs_words(std::span<const Person> asked, WallTime at, WallTime now, std::string_view zone) {
  std::vector<std::string> parts;
  const std::string here = weekday_and_clock(at, now, zone);
  for (const Person& person : asked) {
    if (!is_known_zone(person.time_zone)) continue;
    const std::string there = weekday_and_clock(at, now, person.time_zone);
    // TRANSLATORS: {0} is a city, {1} a moment as its clocks show it.
    const std::string part = tr_format("{}: {} there", place_of_zone(person.time_zone), there);
    if (there != here && !has(parts, part)) parts.push_back(part);
  }
  std::string words;
  for (std::size_t i = 0; i < std::min(parts.size(), kMostNamed); ++i)
    words += (i == 0 ? "" : " · ") + parts[i];
  if (parts.size() > kMostNamed) {
    const std::size_t more = parts.size() - kMostNamed;
    words += " · " + tr_count(more, "{} more place", "{} more places", more);
  }
  return words;
}

// places: at least one.
std::string list_of(const std::vector<std::string>& places) {
  if (places.size() == 1) return places.front();
  // TRANSLATORS: {0} and {1} are cities.
  if (places.size() == 2) return tr_format("{} and {}", places.front(), places.back());
  const std::size_t more = places.size() - 1;
  // TRANSLATORS: {0} is a city, {1} the number of others.
  return tr_count(more, "{} and {} more place", "{} and {} more places", places.front(), more);
}

}  // namespace

std::vector<Person> asked_of(std::vector<Person> people, const std::vector<std::string>& ids) {
  std::erase_if(people,
                [&](const Person& person) { return person.is_me || (!ids.empty() && !has(ids, person.id)); });
  return people;
}

Deadline deadline_at(WallTime at, std::span<const Person> asked, WallTime now, std::string_view zone) {
  return {.at = at, .label = weekday_and_clock(at, now, zone), .theirs = theirs_words(asked, at, now, zone)};
}

std::vector<Deadline> deadline_choices(std::span<const Person> asked, WallTime now, std::string_view zone) {
  const std::vector<Schedule> schedules = schedules_of(asked, zone);
  const auto slowest = slowest_of(schedules, now);
  if (!slowest) return {};
  std::vector<WallTime> times;
  auto span = work_at_or_after(*slowest->schedule, slowest->ready - std::chrono::minutes(1));
  for (std::size_t day = 0; span && day < kMostDays; ++day) {
    const WorkSpan shared = shared_part(*span, schedules);
    const WallTime soonest = to_next_half_hour(std::max(slowest->ready, shared.begin + kHourOfWork));
    if (soonest < shared.end) times.push_back(soonest);
    if (shared.end >= slowest->ready) times.push_back(shared.end);
    span = next_work(*slowest->schedule, span->end);
  }
  std::ranges::sort(times);
  times.erase(std::ranges::unique(times).begin(), times.end());
  std::vector<Deadline> choices;
  std::ranges::transform(times, std::back_inserter(choices),
                         [&](WallTime at) { return deadline_at(at, asked, now, zone); });
  return choices;
}

std::optional<OutsideHours> outside_hours(WallTime at, std::span<const Person> asked, WallTime now,
                                          std::string_view zone) {
  std::vector<std::string> places;
  WallTime moved = at;
  for (const Person& person : asked) {
    if (!is_known_zone(person.time_zone)) continue;
    const Schedule schedule = schedule_of(person);
    if (works_until(schedule, at)) continue;
    const auto next = next_work(schedule, at);
    if (next) moved = std::max(moved, next->begin + kHourOfWork);
    const std::string place = place_of_zone(person.time_zone);
    if (!has(places, place)) places.push_back(place);
  }
  if (places.empty()) return std::nullopt;
  return OutsideHours{.where = list_of(places), .next = deadline_at(moved, asked, now, zone)};
}

}  // namespace meanwhile
