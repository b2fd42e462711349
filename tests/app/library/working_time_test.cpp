// Working hours over the changes of the clocks, the date line and midnight.
#include "app/library/working_time.h"

#include <gtest/gtest.h>

#include "app/library/reach.h"

namespace meanwhile {
namespace {

using std::chrono::hours;

WallTime at(const char* text) {
  return parse_rfc3339(text).value();
}
std::string utc(WallTime time) {
  return format_rfc3339(time).substr(0, 16);
}
Schedule in(const char* zone, const char* work = "09:00-17:00", const char* days = "",
            const char* away = "") {
  return schedule_of(zone, work, days, away);
}
std::string next(const Schedule& schedule, const char* from) {
  const auto span = next_work(schedule, at(from));
  return span ? utc(span->begin) : "never";
}

TEST(WorkingTime, BeginsAtTheSameHourOnBothSidesOfBerlinsChanges) {
  const Schedule berlin = in("Europe/Berlin", "09:00-17:00", "mon,tue,wed,thu,fri,sat,sun");
  EXPECT_EQ(next(berlin, "2026-03-28T00:00:00.000Z"), "2026-03-28T08:00");  // Saturday, winter
  EXPECT_EQ(next(berlin, "2026-03-29T00:00:00.000Z"),
            "2026-03-29T07:00");  // the clocks went forward at night
  EXPECT_EQ(next(berlin, "2026-10-24T00:00:00.000Z"), "2026-10-24T07:00");
  EXPECT_EQ(next(berlin, "2026-10-25T00:00:00.000Z"), "2026-10-25T08:00");  // and back
}

TEST(WorkingTime, BeginsAtTheSameHourOnBothSidesOfSydneysChanges) {
  const Schedule sydney = in("Australia/Sydney", "09:00-17:00", "mon,tue,wed,thu,fri,sat,sun");
  EXPECT_EQ(next(sydney, "2026-04-03T20:00:00.000Z"), "2026-04-03T22:00");  // summer, UTC+11
  EXPECT_EQ(next(sydney, "2026-04-04T20:00:00.000Z"), "2026-04-04T23:00");  // back to UTC+10 on April 5
  EXPECT_EQ(next(sydney, "2026-10-02T20:00:00.000Z"), "2026-10-02T23:00");
  EXPECT_EQ(next(sydney, "2026-10-03T20:00:00.000Z"), "2026-10-03T22:00");
}

TEST(WorkingTime, AustinChangesOnOtherDaysThanBerlin) {
  const Schedule austin = in("America/Chicago");
  EXPECT_EQ(next(austin, "2026-03-06T00:00:00.000Z"), "2026-03-06T15:00");
  EXPECT_EQ(next(austin, "2026-03-09T00:00:00.000Z"), "2026-03-09T14:00");  // three weeks before Berlin
  EXPECT_EQ(next(austin, "2026-11-02T00:00:00.000Z"), "2026-11-02T15:00");
}

TEST(WorkingTime, KathmanduIsThreeQuartersOfAnHourOff) {
  EXPECT_EQ(next(in("Asia/Kathmandu"), "2026-11-26T00:00:00.000Z"), "2026-11-26T03:15");
}

TEST(WorkingTime, HourThatTheClockSkipsBeginsWithTheJump) {
  // 02:30 isn't there on March 29: at 03:00 summer time, which is 01:00 UTC, the clock stands after it.
  const Schedule night = in("Europe/Berlin", "02:30-06:00", "sun");
  EXPECT_EQ(next(night, "2026-03-28T12:00:00.000Z"), "2026-03-29T01:00");
}

TEST(WorkingTime, HourThatComesTwiceIsInASpanBothTimes) {
  const Schedule night = in("Europe/Berlin", "02:30-02:45", "sun");
  const auto span = next_work(night, at("2026-10-24T20:00:00.000Z")).value();
  EXPECT_EQ(utc(span.begin), "2026-10-25T00:30");
  EXPECT_EQ(utc(span.end), "2026-10-25T01:45");
}

TEST(WorkingTime, NightShiftGoesOverMidnightAndOverTheChange) {
  const Schedule nurse = in("Europe/Berlin", "22:00-06:00", "fri,sat");
  EXPECT_TRUE(is_working(nurse, at("2026-10-25T03:00:00.000Z")));  // Sunday morning, of Saturday's shift
  EXPECT_FALSE(is_working(nurse, at("2026-10-25T21:30:00.000Z")));
  const auto shift = work_at_or_after(nurse, at("2026-10-24T22:00:00.000Z")).value();
  EXPECT_EQ(shift.end - shift.begin, hours(9));  // the clock went back meanwhile
  const auto spring = work_at_or_after(nurse, at("2026-03-28T22:00:00.000Z")).value();
  EXPECT_EQ(spring.end - spring.begin, hours(7));
}

TEST(WorkingTime, DaysOffAndWeekendsAreSkipped) {
  const Schedule schedule = in("Europe/Lisbon", "09:00-17:00", "", "2026-11-30,2026-12-01..2026-12-02");
  EXPECT_EQ(next(schedule, "2026-11-27T12:00:00.000Z"), "2026-12-03T09:00");
}

TEST(WorkingTime, WhoIsNeverThereIsNeverWaitedFor) {
  EXPECT_EQ(next(in("UTC", "09:00-17:00", "", "2026-01-01..2028-01-01"), "2026-11-26T00:00:00.000Z"),
            "never");
}

TEST(WorkingTime, IsCountedOverDays) {
  const Schedule schedule = in("UTC");
  EXPECT_EQ(utc(*after_working(schedule, at("2026-11-27T16:30:00.000Z"), hours(1))), "2026-11-30T09:30");
  EXPECT_EQ(utc(*after_working(schedule, at("2026-11-26T10:00:00.000Z"), hours(1))), "2026-11-26T11:00");
}

TEST(WorkingTime, WhatIsNotSaidIsAsUsual) {
  const Schedule schedule = schedule_of("Nowhere/Land", "", "someday", "2026-13-40");
  EXPECT_EQ(schedule.days, WorkDays{});
  EXPECT_TRUE(schedule.off.empty());
  EXPECT_EQ(next(schedule, "2026-11-26T00:00:00.000Z"), "2026-11-26T09:00");
}

TEST(WorkingTime, DaysAreReadAsTheyAreWritten) {
  EXPECT_EQ(to_text(*parse_work_days("sun,mon")), "mon,sun");
  EXPECT_EQ(to_text(WorkDays{}), "mon,tue,wed,thu,fri");
  for (const char* bad : {"mon,", "monday", ",", "mon tue", "MON"}) EXPECT_FALSE(parse_work_days(bad)) << bad;
  for (const char* bad : {"2026-02-30", "2026-12-24..2026-12-01", "2026-12-24..", "x", ",", "2026-1-1"})
    EXPECT_FALSE(parse_days_off(bad)) << bad;
  EXPECT_EQ(parse_days_off("2026-12-24..2027-01-02,2027-05-01")->size(), 2U);
}

Person person(const char* name, const char* zone, const char* work = "09:00-17:00", const char* away = "") {
  return {.id = name, .name = name, .time_zone = zone, .hours = work, .days = "", .away = away};
}

TEST(Reach, SaysWhoSeesItWhenAndWhenAllCanHaveAnswered) {
  // Thursday 08:40 in Lisbon, 02:40 in Austin.
  const WallTime now = at("2026-11-26T08:40:00.000Z");
  const std::vector<Person> people = {person("A", "America/Chicago"), person("L", "Europe/Lisbon"),
                                      person("M", "Europe/Lisbon")};
  const Reach reach = reach_of(people, now, Delivery::Now);
  EXPECT_EQ(reach_words(reach, now, "Europe/Berlin"),
            "Lisbon sees it in 20 min, Chicago in 6 h. Everyone should have time to answer by today 17:00 "
            "your time.");
  EXPECT_EQ(reach.places[0].people, 2);
}

TEST(Reach, MorningIsTheNextBeginningOfWork) {
  const WallTime now = at("2026-11-26T10:00:00.000Z");  // everybody in Lisbon works
  const std::vector<Person> people = {person("L", "Europe/Lisbon")};
  EXPECT_EQ(reach_words(reach_of(people, now, Delivery::Now), now, "Europe/Lisbon"),
            "Lisbon sees it now. Everyone should have time to answer by today 11:00 your time.");
  EXPECT_EQ(reach_words(reach_of(people, now, Delivery::InTheMorning), now, "Europe/Lisbon"),
            "Lisbon sees it in 23 h. Everyone should have time to answer by tomorrow 10:00 your time.");
}

TEST(Reach, NobodyElseIsNothingToSayAndWhoIsAwayIsNoAnswer) {
  const WallTime now = at("2026-11-26T10:00:00.000Z");
  Person me = person("me", "UTC");
  me.is_me = true;
  EXPECT_EQ(reach_words(reach_of(std::vector<Person>{me}, now, Delivery::Now), now, "UTC"), "");
  const std::vector<Person> away = {person("A", "UTC", "", "2026-01-01..2029-01-01"),
                                    person("B", "Europe/Lisbon")};
  const Reach reach = reach_of(away, now, Delivery::Now);
  EXPECT_FALSE(reach.all_answered);
  EXPECT_EQ(reach_words(reach, now, "UTC"), "Lisbon sees it now. One person is away for a year.");
}

TEST(Reach, WhoseZoneIsNotSaidIsInNoPlace) {
  const WallTime now = at("2026-11-26T10:00:00.000Z");
  const std::vector<Person> people = {person("A", ""), person("B", "Nowhere/Land")};
  EXPECT_EQ(reach_words(reach_of(people, now, Delivery::Now), now, "UTC"),
            "Where 2 people work is not known.");
}

TEST(BothTimes, SayMineAndTheirs) {
  const WallTime time = at("2026-11-26T23:30:00.000Z");
  EXPECT_EQ(both_times(time, "Europe/Berlin", "Europe/Berlin"), "27 Nov 2026 00:30");
  EXPECT_EQ(both_times(time, "Europe/Lisbon", "America/Chicago"),
            "26 Nov 2026 23:30 your time, 17:30 in Chicago");
  EXPECT_EQ(both_times(time, "Europe/Berlin", "America/Chicago"),
            "27 Nov 2026 00:30 your time, 26 Nov 2026 17:30 in Chicago");
}

}  // namespace
}  // namespace meanwhile
