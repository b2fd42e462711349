#include "app/library/time_words.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

WallTime at(const char* text) {
  return parse_rfc3339(text).value();
}

TEST(TimeWords, TellAgesInTheViewersZone) {
  const WallTime now = at("2026-11-22T20:30:00Z");  // a Sunday; 21:30 in Berlin
  const auto words = [&](const char* then) { return time_words(at(then), now, "Europe/Berlin"); };
  EXPECT_EQ(words("2026-11-22T20:29:30Z"), "just now");
  EXPECT_EQ(words("2026-11-22T20:30:40Z"), "just now");
  EXPECT_EQ(words("2026-11-22T20:27:00Z"), "3 min ago");
  EXPECT_EQ(words("2026-11-22T07:05:00Z"), "today 08:05");
  EXPECT_EQ(words("2026-11-21T13:05:00Z"), "yesterday 14:05");
  EXPECT_EQ(words("2026-11-20T23:30:00Z"), "yesterday 00:30");
  EXPECT_EQ(words("2026-11-17T13:05:00Z"), "Tuesday 14:05");
  EXPECT_EQ(words("2026-07-03T12:05:00Z"), "3 Jul 14:05");
  EXPECT_EQ(words("2025-11-03T13:05:00Z"), "3 Nov 2025");
  EXPECT_EQ(words("2031-01-01T13:05:00Z"), "1 Jan 2031");
}

TEST(TimeWords, DatesAndClocksFollowTheZone) {
  const WallTime time = at("2026-11-22T23:30:00Z");
  EXPECT_EQ(clock_words(time, "Asia/Kolkata"), "05:00");
  EXPECT_EQ(date_and_time(time, "Asia/Kolkata"), "23 Nov 2026 05:00");
  EXPECT_EQ(clock_words(time, "America/New_York"), "18:30");
}

TEST(TimeWords, UnknownZonesAreTakenAsUtc) {
  for (const char* zone : {"", "Nowhere/City", "../../etc/passwd"}) {
    EXPECT_FALSE(is_known_zone(zone)) << zone;
    EXPECT_EQ(clock_words(at("2026-11-22T23:30:00Z"), zone), "23:30") << zone;
  }
  EXPECT_TRUE(is_known_zone("Europe/Berlin"));
  EXPECT_FALSE(local_zone().empty());
}

TEST(TimeWords, TimesBeyondAnyCalendarDoNoHarm) {
  for (const WallTime time : {WallTime::min(), WallTime::max(), WallTime{}}) {
    EXPECT_FALSE(time_words(time, at("2026-11-22T20:30:00Z"), "Europe/Berlin").empty());
    EXPECT_FALSE(date_and_time(time, "Asia/Kolkata").empty());
  }
}

TEST(DurationWords, AreShort) {
  EXPECT_EQ(duration_words(0s), "0 s");
  EXPECT_EQ(duration_words(-5s), "0 s");
  EXPECT_EQ(duration_words(44'600ms), "45 s");
  EXPECT_EQ(duration_words(59'700ms), "1 min");
  EXPECT_EQ(duration_words(320s), "5 min 20 s");
  EXPECT_EQ(duration_words(3600s), "1 h");
  EXPECT_EQ(duration_words(3720s), "1 h 2 min");
}

TEST(DayHours, AreTwoClocks) {
  EXPECT_TRUE(parse_day_hours("09:00-17:00"));
  EXPECT_TRUE(parse_day_hours("00:00-24:00"));
  for (const char* text :
       {"", "9-17", "09:00", "09:00-09:00", "25:00-26:00", "24:30-09:00", "24:00-00:00", "09:00-17:00 "}) {
    EXPECT_FALSE(parse_day_hours(text)) << text;
  }
  const DayHours night = parse_day_hours("22:00-06:00").value();
  EXPECT_EQ(night.from_minutes, 22 * 60);
  EXPECT_EQ(night.to_minutes, 6 * 60);
}

TEST(Initials, AreOfTheFirstAndTheLastWord) {
  EXPECT_EQ(initials("Anna Maria Becker"), "AB");
  EXPECT_EQ(initials("anna"), "A");
  EXPECT_EQ(initials("佐藤 由紀"), "佐");
  EXPECT_EQ(initials("مريم الزهراني"), "م");
  EXPECT_EQ(initials("  Émile Zola "), "ÉZ");
  EXPECT_EQ(initials("Ada Lovelace · 2nd (k3f9)"), "AL");
  EXPECT_EQ(initials("Unnamed (k3f9)"), "U");
  EXPECT_EQ(initials(""), "?");
  EXPECT_EQ(initials("\u202e"), "?");
}

}  // namespace
}  // namespace meanwhile
