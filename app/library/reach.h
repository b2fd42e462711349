// When a clip that is published now will be seen where, and answered by everyone: what the person is told
// before they publish. Pure functions.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/index.h"
#include "app/library/working_time.h"
#include "media/base/identifier.h"

namespace meanwhile {

enum class Delivery { Now, InTheMorning };

struct ReachedPlace {
  std::string place;  // "Lisbon"
  int people = 0;
  WallTime seen{};  // when the first of them works; published.. if they do now
};

struct Reach {
  std::vector<ReachedPlace> places;      // by time
  std::optional<WallTime> all_answered;  // nullopt: there is nobody else, or somebody is away for a year
  int away = 0;                          // people who don't work within a year
  int unknown = 0;                       // people who haven't said in which zone they are
};

Schedule schedule_of(const Person& person);

// people: those of a library; the one who publishes is left out. Who watches in their working hours may have
// answered after an hour of them.
Reach reach_of(std::span<const Person> people, WallTime published, Delivery delivery);

// "Lisbon sees it in 20 min, Austin in 7 h. Everyone should have time to answer by Thu 16:00 your time." "":
// nobody else is there. zone: the reader's.
std::string reach_words(const Reach& reach, WallTime now, std::string_view zone);

// By person.
std::map<std::string, std::string> zones_of(std::span<const Person> people);

// "14:05 your time, 08:05 in Austin": for who sees a time of somebody's. One zone: only the first part,
// without "your time". Another day there is named.
std::string both_times(WallTime time, std::string_view mine, std::string_view theirs);

}  // namespace meanwhile
