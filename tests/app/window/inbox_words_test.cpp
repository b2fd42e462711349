// What the Inbox says of all that waits.
#include "app/window/inbox_words.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

using std::chrono::minutes;

const ClipSum kWaiting{.clips = 6, .length = minutes(31), .pauses = minutes(5)};

TEST(InboxWords, NothingWaitsNothingIsSaid) {
  EXPECT_EQ(news_words({}, {}, {}), "");
}

TEST(InboxWords, LengthIsThatOfWatchingAsOneDoes) {
  EXPECT_EQ(news_words(kWaiting, kWaiting, {}), "Since you were last here: 6 updates, 31 min");
  EXPECT_EQ(news_words(kWaiting, kWaiting, {.speed = 1.5}),
            "Since you were last here: 6 updates, 31 min, 21 min at your speed");
  EXPECT_EQ(news_words(kWaiting, kWaiting, {.speed = 1.5, .skips_pauses = true}),
            "Since you were last here: 6 updates, 31 min, 18 min at your speed with pauses skipped");
  EXPECT_EQ(news_words(kWaiting, kWaiting, {.skips_pauses = true}),
            "Since you were last here: 6 updates, 31 min, 26 min with pauses skipped");
}

TEST(InboxWords, WhatIsOlderIsCountedApart) {
  EXPECT_EQ(news_words(kWaiting, {}, {}), "Waiting for you: 6 updates, 31 min");
  EXPECT_EQ(news_words(kWaiting, {.clips = 1, .length = minutes(3)}, {}),
            "Since you were last here: one update, 3 min · 5 from before");
}

}  // namespace
}  // namespace meanwhile
