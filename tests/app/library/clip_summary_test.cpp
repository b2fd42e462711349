#include "app/library/clip_summary.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

TEST(ClipSummary, IsTheChaptersNames) {
  EXPECT_EQ(clip_summary({{0s, "Budget"}, {60s, " "}, {90s, "Hiring"}}, {"Hello."}), "Budget · Hiring");
}

TEST(ClipSummary, IsElseTheFirstSentence) {
  EXPECT_EQ(clip_summary({{0s, ""}}, {"We have 1.5 million", "in the bank. That will do."}),
            "We have 1.5 million in the bank.");
  EXPECT_EQ(clip_summary({}, {"Ready?", "Go"}), "Ready?");
  EXPECT_EQ(clip_summary({}, {"来週出荷します。次に"}), "来週出荷します。");
  EXPECT_EQ(clip_summary({}, {"two\nlines", "without an end"}), "two lines without an end");
}

TEST(ClipSummary, IsNothingOrShort) {
  EXPECT_EQ(clip_summary({}, {}), "");
  EXPECT_LT(clip_summary({}, {std::string(5000, 'a')}).size(), 300u);
}

}  // namespace
}  // namespace meanwhile
