#include "app/library/news_teller.h"

#include <gtest/gtest.h>

#include "app/library/visits.h"

namespace meanwhile {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

const Schedule kDay = schedule_of("UTC", "09:00-17:00", "", "");
const WallTime kNoon = parse_rfc3339("2026-11-26T12:00:00.000Z").value();
const WallTime kNight = parse_rfc3339("2026-11-26T22:00:00.000Z").value();

NewsItem item(const std::string& key) {
  return {.key = key, .clip = key, .title = key, .text = "", .order = 0};
}

TEST(NewsTeller, WhatWasThereAtFirstIsKnownAndWhatComesInTheHoursIsTold) {
  NewsTeller teller;
  EXPECT_TRUE(teller.look({item("a")}, kDay, kNoon, false).items.empty());
  const Telling told = teller.look({item("a"), item("b")}, kDay, kNoon, false);
  ASSERT_EQ(told.items.size(), 1U);
  EXPECT_EQ(told.items[0].key, "b");
  EXPECT_FALSE(told.is_digest);
  EXPECT_TRUE(teller.look({item("a"), item("b")}, kDay, kNoon, false).items.empty());
}

TEST(NewsTeller, WhatComesAtNightIsOneDigestInTheMorning) {
  NewsTeller teller;
  teller.look({}, kDay, kNoon, false);
  EXPECT_FALSE(teller.next(kDay, kNoon));
  EXPECT_TRUE(teller.look({item("a")}, kDay, kNight, false).items.empty());
  EXPECT_TRUE(teller.look({item("a"), item("b")}, kDay, kNight + hours(1), false).items.empty());
  const auto morning = teller.next(kDay, kNight + hours(1));
  EXPECT_EQ(morning, parse_rfc3339("2026-11-27T09:00:00.000Z").value());
  const Telling told = teller.look({item("a"), item("b")}, kDay, *morning, false);
  EXPECT_EQ(told.items.size(), 2U);
  EXPECT_TRUE(told.is_digest);
}

TEST(NewsTeller, WhatWasWatchedBeforeTheMorningIsNotTold) {
  NewsTeller teller;
  teller.look({}, kDay, kNoon, false);
  teller.look({item("a")}, kDay, kNight, false);
  EXPECT_TRUE(teller.look({}, kDay, kNight + hours(12), false).items.empty());
}

TEST(NewsTeller, ManyAtOnceAreOneNote) {
  NewsTeller teller;
  teller.look({}, kDay, kNoon, false);
  EXPECT_TRUE(teller.look({item("a"), item("b"), item("c"), item("d")}, kDay, kNoon, false).is_digest);
}

TEST(NewsTeller, WhoIsHereIsToldNothing) {
  NewsTeller teller;
  teller.look({}, kDay, kNoon, false);
  EXPECT_TRUE(teller.look({item("a")}, kDay, kNoon, true).items.empty());
  EXPECT_TRUE(teller.look({item("a")}, kDay, kNoon, false).items.empty());
}

TEST(NewsTeller, LaterIsInAnHourOrWhenTheHoursBegin) {
  NewsTeller teller;
  teller.look({}, kDay, kNoon, false);
  teller.look({item("a")}, kDay, kNoon, false);
  teller.later("a", kNoon);
  EXPECT_EQ(teller.next(kDay, kNoon), kNoon + hours(1));
  EXPECT_TRUE(teller.look({item("a")}, kDay, kNoon + minutes(59), false).items.empty());
  EXPECT_EQ(teller.look({item("a")}, kDay, kNoon + hours(1), false).items.size(), 1U);
  teller.later("a", kNoon + hours(4) + minutes(30));
  EXPECT_EQ(teller.next(kDay, kNoon + hours(5)), parse_rfc3339("2026-11-27T09:00:00.000Z").value());
}

TEST(NewsTeller, LaterIsForgottenOnceItWaitsNoMoreAndNextIsNeverInThePast) {
  NewsTeller teller;
  teller.look({}, kDay, kNoon, false);
  teller.look({item("a")}, kDay, kNoon, false);
  teller.later("a", kNoon);
  EXPECT_GT(teller.next(kDay, kNoon + hours(2)).value(), kNoon + hours(2));
  teller.look({}, kDay, kNoon + minutes(30), false);
  EXPECT_FALSE(teller.next(kDay, kNoon + hours(2)));
}

TEST(NewsTeller, ANewerWordIsNewsAndAnOlderOneThatIsLeftIsNot) {
  NewsTeller teller;
  const auto asked = [](std::int64_t order) {
    NewsItem ask = item("ask");
    ask.order = order;
    return std::vector{ask};
  };
  teller.look({}, kDay, kNoon, false);
  EXPECT_EQ(teller.look(asked(2), kDay, kNoon, false).items.size(), 1U);
  EXPECT_TRUE(teller.look(asked(1), kDay, kNoon, false).items.empty());
  teller.look({}, kDay, kNoon, false);
  EXPECT_EQ(teller.look(asked(3), kDay, kNoon, false).items.size(), 1U);
}

TEST(NewsTeller, AnAnswerThatComesLateIsToldThoughItWasWrittenEarlier) {
  NewsTeller teller;
  teller.look({}, kDay, kNoon, false);
  NewsItem answers = item("a");
  answers.order = 10;
  answers.count = 1;
  EXPECT_EQ(teller.look({answers}, kDay, kNoon, false).items.size(), 1U);
  EXPECT_TRUE(teller.look({answers}, kDay, kNoon, false).items.empty());
  answers.count = 2;
  EXPECT_EQ(teller.look({answers}, kDay, kNoon, false).items.size(), 1U);
  EXPECT_TRUE(teller.look({}, kDay, kNoon, false).items.empty());  // all read
  answers.count = 1;
  EXPECT_EQ(teller.look({answers}, kDay, kNoon, false).items.size(), 1U);
}

TEST(Visits, EndAfterHalfAnHourOfNothing) {
  Visits visits(kNoon - hours(20));
  visits.note(kNoon);
  EXPECT_EQ(visits.before(), kNoon - hours(20));
  visits.note(kNoon + minutes(20));
  EXPECT_EQ(visits.before(), kNoon - hours(20));
  visits.note(kNoon + minutes(60));
  EXPECT_EQ(visits.before(), kNoon + minutes(20));
}

}  // namespace
}  // namespace meanwhile
