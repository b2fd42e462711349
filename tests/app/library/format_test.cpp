#include "app/library/format.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

TEST(Format, SizesInPowersOfTen) {
  EXPECT_EQ(format_size(0), "0 B");
  EXPECT_EQ(format_size(999), "999 B");
  EXPECT_EQ(format_size(12'400'000), "12.4 MB");
  EXPECT_EQ(format_size(999'990), "1.0 MB");
  EXPECT_EQ(format_size(~0ULL), "18446744.1 TB");
}

TEST(Format, TimeLeftOnlyWhenItIsWorthSaying) {
  EXPECT_EQ(format_time_left(1'000'000, 1'000'000, std::chrono::seconds(1)), "");
  EXPECT_EQ(format_time_left(6'000'000, 1'000'000, std::chrono::seconds(10)),
            "Disk almost full: about 1 min left");
  EXPECT_EQ(format_time_left(120'000'000, 1'000'000, std::chrono::seconds(10)),
            "about 20 min left on this disk");
  EXPECT_EQ(format_time_left(~0ULL, 1'000'000, std::chrono::seconds(10)), "");
  EXPECT_EQ(format_time_left(0, 1'000'000, std::chrono::seconds(10)), "Disk almost full: about 0 min left");
}

TEST(Format, CutsNeverInsideACharacter) {
  EXPECT_EQ(utf8_prefix("aöb", 2), "a");
  EXPECT_EQ(utf8_prefix("aöb", 3), "aö");
  EXPECT_EQ(utf8_prefix("ab", 9), "ab");
}

TEST(Format, HowMuchAMinuteTakes) {
  EXPECT_EQ(format_rate(2'100'000, 12'300'000), "about 2 to 12 MB a minute");
  EXPECT_EQ(format_rate(200'000, 6'000'000), "about 1 to 6 MB a minute");
  EXPECT_EQ(format_rate(2'600'000, 3'100'000), "about 3 MB a minute");
  EXPECT_EQ(format_rate(100'000, 300'000), "less than 1 MB a minute");
  EXPECT_EQ(format_rate(0, 0), "");
}

}  // namespace
}  // namespace meanwhile
