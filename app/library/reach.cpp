#include "app/library/reach.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "app/library/index.h"
#include "app/library/time_words.h"
#include "app/library/working_time.h"
#include "media/base/identifier.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// Of working time: watching, thinking, and something else that was begun before.
constexpr hours kTimeToAnswer{1};
// More names are no help.
constexpr std::size_t kMostPlaces = 4;

std::string wait_words(std::chrono::milliseconds wait) {
  const auto whole = std::chrono::ceil<minutes>(wait).count();
  if (whole < 1) return tr_in("when somebody sees it", "now");
  if (whole < 60) return tr_count(whole, "in {} min", "in {} min", whole);
  const auto round_hours = (whole + 30) / 60;
  if (round_hours < 48) return tr_count(round_hours, "in {} h", "in {} h", round_hours);
  const auto days = (round_hours + 12) / 24;
  return tr_count(days, "in {} day", "in {} days", days);
}

void add(Reach& reach, const std::string& place, WallTime seen) {
  const auto found = std::ranges::find(reach.places, place, &ReachedPlace::place);
  if (found == reach.places.end()) {
    reach.places.push_back({place, 1, seen});
    return;
  }
  ++found->people;
  found->seen = std::min(found->seen, seen);
}

// Whom no time can be said of.
std::string without_time_words(const Reach& reach) {
  std::string words;
  if (const int n = reach.away; n > 0)
    words += " " + tr_count(n, "One person is away for a year.", "{} people are away for a year.", n);
  if (const int n = reach.unknown; n > 0)
    words +=
        " " + tr_count(n, "Where one person works is not known.", "Where {} people work is not known.", n);
  return words;
}

}  // namespace

Schedule schedule_of(const Person& person) {
  return schedule_of(person.time_zone, person.hours, person.days, person.away);
}

Reach reach_of(std::span<const Person> people, WallTime published, Delivery delivery) {
  Reach reach;
  bool is_complete = true;
  for (const Person& person : people) {
    if (person.is_me) continue;
    if (!is_known_zone(person.time_zone)) {
      ++reach.unknown;
      is_complete = false;
      continue;
    }
    const Schedule schedule = schedule_of(person);
    const auto span =
        delivery == Delivery::Now ? work_at_or_after(schedule, published) : next_work(schedule, published);
    if (!span) {
      ++reach.away;
      is_complete = false;
      continue;
    }
    const WallTime seen = std::max(span->begin, published);
    add(reach, place_of_zone(person.time_zone), seen);
    const auto answered = after_working(schedule, seen, kTimeToAnswer);
    is_complete = is_complete && answered;
    if (answered) reach.all_answered = std::max(reach.all_answered.value_or(*answered), *answered);
  }
  if (!is_complete) reach.all_answered.reset();
  std::ranges::stable_sort(reach.places, {}, &ReachedPlace::seen);
  return reach;
}

std::string reach_words(const Reach& reach, WallTime now, std::string_view zone) {
  if (reach.places.empty()) return without_time_words(reach).substr(reach.away + reach.unknown > 0 ? 1 : 0);
  std::string words;
  for (std::size_t i = 0; i < std::min(reach.places.size(), kMostPlaces); ++i) {
    const ReachedPlace& place = reach.places[i];
    const std::string wait = wait_words(place.seen - now);
    // TRANSLATORS: {0} is a city, {1} "now" or "in 20 min". More follow: "Lisbon sees it now, Sydney in 5 h".
    if (i == 0) words += tr_format("{} sees it {}", place.place, wait);
    // TRANSLATORS: Behind "Lisbon sees it now"; {0} is another city, {1} such as "in 5 h".
    if (i > 0) words += tr_format(", {} {}", place.place, wait);
  }
  if (reach.places.size() > kMostPlaces) {
    const std::size_t more = reach.places.size() - kMostPlaces;
    // TRANSLATORS: Behind "Lisbon sees it now, Sydney in 5 h"; {1} is a moment such as "Thu 16:00".
    words += tr_count(more, ", {} more place by {}", ", {} more places by {}", more,
                      weekday_and_clock(reach.places.back().seen, now, zone));
  }
  words += '.';
  if (reach.all_answered) {
    words += " " + tr_format("Everyone should have time to answer by {} your time.",
                             weekday_and_clock(to_next_half_hour(*reach.all_answered), now, zone));
  }
  return words + without_time_words(reach);
}

std::map<std::string, std::string> zones_of(std::span<const Person> people) {
  std::map<std::string, std::string> zones;
  for (const Person& person : people) zones[person.id] = person.time_zone;
  return zones;
}

std::string both_times(WallTime time, std::string_view mine, std::string_view theirs) {
  const std::string here = date_and_time(time, mine);
  const std::string there = date_and_time(time, theirs);
  if (theirs.empty() || here == there) return here;
  // TRANSLATORS: {0} and {1} are moments, {2} is a city.
  return tr_format("{} your time, {} in {}", here,
                   is_same_day(time, mine, theirs) ? clock_words(time, theirs) : there,
                   place_of_zone(theirs));
}

}  // namespace meanwhile
