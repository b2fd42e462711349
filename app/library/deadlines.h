// Times by which those who are asked can answer: within their hours, and said as their clocks show them. Pure
// functions. asked: the people of a library who are asked; who hasn't said where they are has the asker's
// clock. zone: the asker's.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/index.h"
#include "media/base/identifier.h"

namespace meanwhile {

// Of a library's people, whom a question is for: those of the ids; none: everybody else.
std::vector<Person> asked_of(std::vector<Person> people, const std::vector<std::string>& ids);

struct Deadline {
  WallTime at{};
  std::string label;   // "tomorrow 12:00", as the asker's clock shows it
  std::string theirs;  // "Sydney: Mon 09:30 there"; "": nobody's clock shows another time
};

// Soonest first. By each of them all have had an hour of their work; it lies in everybody's hours, or, where
// they share none, in those of who has that hour last.
std::vector<Deadline> deadline_choices(std::span<const Person> asked, WallTime now, std::string_view zone);

Deadline deadline_at(WallTime at, std::span<const Person> asked, WallTime now, std::string_view zone);

// A time that is outside somebody's hours, and what it may be instead.
struct OutsideHours {
  std::string where;  // "Sydney", "Sydney and Lisbon"
  Deadline next;      // an hour into their next working day
};
// nullopt: all of them work then.
std::optional<OutsideHours> outside_hours(WallTime at, std::span<const Person> asked, WallTime now,
                                          std::string_view zone);

}  // namespace meanwhile
