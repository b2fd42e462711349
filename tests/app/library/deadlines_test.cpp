// Deadlines within the hours of those who are asked.
#include "app/library/deadlines.h"

#include <gtest/gtest.h>

#include "app/library/working_time.h"
#include "media/base/identifier.h"

namespace meanwhile {
namespace {

constexpr const char* kBerlin = "Europe/Berlin";

Person person(const char* name, const char* zone, const char* work = "09:00-17:00", const char* days = "") {
  return {.id = name, .name = name, .time_zone = zone, .hours = work, .days = days, .away = ""};
}
WallTime at(const char* text) {
  return parse_rfc3339(text).value();
}
std::vector<std::string> words(const std::vector<Deadline>& choices) {
  std::vector<std::string> found;
  for (const Deadline& choice : choices) found.push_back(choice.label + "|" + choice.theirs);
  return found;
}

// Saturday noon in Berlin.
const WallTime kSaturday = at("2026-11-28T11:00:00.000Z");

TEST(Deadlines, OnASaturdayNobodyIsAskedForSunday) {
  const std::vector<Person> asked{person("Ben", kBerlin)};
  const auto choices = words(deadline_choices(asked, kSaturday, kBerlin));
  ASSERT_GE(choices.size(), 3U);
  EXPECT_EQ(choices[0], "Mon 10:00|");
  EXPECT_EQ(choices[1], "Mon 17:00|");
  EXPECT_EQ(choices[2], "Tue 10:00|");
}

TEST(Deadlines, AreInTheHoursOfWhoIsAskedAndBothClocksAreShown) {
  const std::vector<Person> asked{person("Olivia", "Australia/Sydney")};
  const auto choices = deadline_choices(asked, kSaturday, kBerlin);
  ASSERT_GE(choices.size(), 2U);
  EXPECT_EQ(choices[0].label, "Mon 00:00");
  EXPECT_EQ(choices[0].theirs, "Sydney: Mon 10:00 there");
  EXPECT_EQ(choices[1].theirs, "Sydney: Mon 17:00 there");
  EXPECT_EQ(choices[1].label, "Mon 07:00");
}

TEST(Deadlines, LieInTheHoursThatAllShare) {
  const WallTime monday = at("2026-11-30T08:00:00.000Z");  // 09:00 in Berlin, 08:00 in Lisbon
  const std::vector<Person> asked{person("Ben", kBerlin), person("Luz", "Europe/Lisbon")};
  for (const Deadline& choice : deadline_choices(asked, monday, kBerlin))
    EXPECT_FALSE(outside_hours(choice.at, asked, monday, kBerlin)) << choice.label;
}

TEST(Deadlines, WhereNoHoursAreSharedTheLastOneHasHadTheirs) {
  const WallTime monday = at("2026-11-30T08:00:00.000Z");
  const std::vector<Person> asked{person("Ben", kBerlin), person("Olivia", "Australia/Sydney")};
  const auto choices = deadline_choices(asked, monday, kBerlin);
  ASSERT_FALSE(choices.empty());
  for (const Person& one : asked)
    EXPECT_LE(*after_working(schedule_of(one.time_zone, one.hours, one.days, one.away), monday,
                             std::chrono::hours(1)),
              choices.front().at);
}

TEST(Deadlines, ATimeInTheNightIsMovedToTheNextWorkingDay) {
  const std::vector<Person> asked{person("Olivia", "Australia/Sydney")};
  const auto night = at("2026-11-30T16:00:00.000Z");  // Tuesday 03:00 in Sydney
  const auto outside = outside_hours(night, asked, kSaturday, kBerlin);
  ASSERT_TRUE(outside);
  EXPECT_EQ(outside->where, "Sydney");
  EXPECT_EQ(outside->next.theirs, "Sydney: Tue 10:00 there");
  EXPECT_FALSE(outside_hours(outside->next.at, asked, kSaturday, kBerlin));
}

TEST(Deadlines, TheEndOfADayIsStillInIt) {
  const std::vector<Person> asked{person("Ben", kBerlin)};
  EXPECT_FALSE(outside_hours(at("2026-11-30T16:00:00.000Z"), asked, kSaturday, kBerlin));
  EXPECT_TRUE(outside_hours(at("2026-11-30T16:01:00.000Z"), asked, kSaturday, kBerlin));
}

TEST(Deadlines, WhoHasSaidNothingHasTheAskersClock) {
  const std::vector<Person> asked{person("New", "")};
  const auto choices = deadline_choices(asked, kSaturday, kBerlin);
  ASSERT_FALSE(choices.empty());
  EXPECT_EQ(choices.front().label, "Mon 10:00");
  EXPECT_FALSE(outside_hours(kSaturday, asked, kSaturday, kBerlin)) << "nobody knows";
  EXPECT_FALSE(deadline_choices({}, kSaturday, kBerlin).empty());
}

TEST(Deadlines, WhoIsAwayForAYearHoldsNothingUp) {
  Person away = person("Away", kBerlin);
  away.away = "2026-01-01..2029-01-01";
  EXPECT_TRUE(deadline_choices(std::vector{away}, kSaturday, kBerlin).empty());
  const std::vector<Person> asked{away, person("Ben", kBerlin)};
  EXPECT_EQ(deadline_choices(asked, kSaturday, kBerlin).front().label, "Mon 10:00");
}

}  // namespace
}  // namespace meanwhile
