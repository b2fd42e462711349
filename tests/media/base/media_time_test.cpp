#include "media/base/media_time.h"

#include <gtest/gtest.h>

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

TEST(Duration, IsReadInEveryUnit) {
  EXPECT_EQ(parse_duration("8s"), MediaTime(8s));
  EXPECT_EQ(parse_duration("2m"), MediaTime(2min));
  EXPECT_EQ(parse_duration("1h"), MediaTime(1h));
  EXPECT_EQ(parse_duration("500ms"), MediaTime(500ms));
  EXPECT_EQ(parse_duration("90"), MediaTime(90s));
  EXPECT_EQ(parse_duration("1.5"), MediaTime(1500ms));
}

TEST(Duration, NonsenseIsRefused) {
  for (const char* text : {"", "s", "-1", "1x", "1 s 2", "nan", "inf", "1e300", "101h", "0x10", "1.2.3"}) {
    const auto duration = parse_duration(text);
    ASSERT_FALSE(duration) << text;
    EXPECT_EQ(duration.error().code, ErrorCode::InvalidArgument);
  }
}

TEST(Moment, IsReadWithMinutesAndHours) {
  EXPECT_EQ(parse_moment("83.5"), MediaTime(83'500ms));
  EXPECT_EQ(parse_moment("1:23.5"), MediaTime(83'500ms));
  EXPECT_EQ(parse_moment("1:02:03"), MediaTime(3723s));
}

TEST(Moment, NonsenseIsRefused) {
  for (const char* text : {"", ":", "1:", ":5", "1:2:3:4", "-1:00", "a:b", "999:00:00"}) {
    EXPECT_FALSE(parse_moment(text)) << text;
  }
}

TEST(Moment, IsWrittenAsPeopleDo) {
  EXPECT_EQ(format_moment(7s), "0:07");
  EXPECT_EQ(format_moment(754s), "12:34");
  EXPECT_EQ(format_moment(3723s + 999ms), "1:02:03");
  EXPECT_EQ(format_exact_moment(83'500ms), "1:23.5");
}

TEST(Moment, ExactFormIsReadBack) {
  for (const MediaTime time : {MediaTime(0s), MediaTime(59'900ms), MediaTime(3'600'100ms)}) {
    EXPECT_EQ(parse_moment(format_exact_moment(time)), time);
  }
}

}  // namespace
}  // namespace meanwhile::test
