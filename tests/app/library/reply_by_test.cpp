#include "app/library/reply_by.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

constexpr const char* kBerlin = "Europe/Berlin";

WallTime at(const char* text) {
  return parse_rfc3339(text).value();
}

// A Thursday, 10:00 in Berlin.
const WallTime kNow = at("2026-11-26T09:00:00Z");

TEST(ReplyBy, IsReadAsPeopleSayIt) {
  const auto read = [](const char* text) { return parse_reply_by(text, kNow, kBerlin); };
  EXPECT_EQ(read("16:00"), at("2026-11-26T15:00:00Z"));
  EXPECT_EQ(read("9:30"), at("2026-11-27T08:30:00Z")) << "today's is over";
  EXPECT_EQ(read("tomorrow 12:00"), at("2026-11-27T11:00:00Z"));
  EXPECT_EQ(read("Thu 16:00"), at("2026-11-26T15:00:00Z"));
  EXPECT_EQ(read("thursday 9:00"), at("2026-12-03T08:00:00Z"));
  EXPECT_EQ(read("Mon 09:00"), at("2026-11-30T08:00:00Z"));
  EXPECT_EQ(read("2026-12-24 18:00"), at("2026-12-24T17:00:00Z"));
  EXPECT_EQ(read("2026-11-26T16:00:00Z"), at("2026-11-26T16:00:00Z"));
}

TEST(ReplyBy, NonsenseIsNoTime) {
  for (const char* text :
       {"", "soon", "Thu", "25:00", "16:60", "Thu 4pm", "2026-13-01 10:00", "16:0", "Xyz 10:00"})
    EXPECT_FALSE(parse_reply_by(text, kNow, kBerlin)) << text;
}

// The night to 29 March 2026 has no 02:30 in Berlin; that to 25 October has two.
TEST(ReplyBy, SummerTimeBeginsAndEnds) {
  EXPECT_EQ(parse_reply_by("2026-03-29 02:30", kNow, kBerlin), at("2026-03-29T01:00:00Z"));
  EXPECT_EQ(parse_reply_by("2026-10-25 02:30", kNow, kBerlin), at("2026-10-25T00:30:00Z"));
  const WallTime before = at("2026-03-28T09:00:00Z");
  EXPECT_EQ(parse_reply_by("tomorrow 12:00", before, kBerlin), at("2026-03-29T10:00:00Z"));
}

TEST(ReplyBy, IsSaidInEverybodysOwnTime) {
  const WallTime by = at("2026-11-26T23:30:00Z");
  EXPECT_EQ(reply_by_words(by, kNow, "UTC"), "today 23:30");
  EXPECT_EQ(reply_by_words(by, kNow, kBerlin), "tomorrow 00:30");
  EXPECT_EQ(reply_by_words(at("2026-11-30T09:00:00Z"), kNow, kBerlin), "Mon 10:00");
  EXPECT_EQ(reply_by_words(at("2026-12-24T17:00:00Z"), kNow, kBerlin), "24 Dec 18:00");
  EXPECT_EQ(distance_words(by, kNow), "in 15 h");
  EXPECT_EQ(distance_words(kNow, by), "15 h ago");
  EXPECT_EQ(distance_words(kNow + std::chrono::minutes(20), kNow), "in 20 min");
}

}  // namespace
}  // namespace meanwhile
