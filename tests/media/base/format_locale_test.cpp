#include "media/base/format_locale.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>

namespace meanwhile::test {
namespace {

class FormatLocale : public testing::Test {
 protected:
  ~FormatLocale() override { set_format_locale({}); }
  // 3 November 2026 14:05, a Tuesday.
  const WallTime then_{std::chrono::sys_days(std::chrono::year(2026) / 11 / 3) + std::chrono::hours(14) +
                       std::chrono::minutes(5)};
};

TEST_F(FormatLocale, NobodySaidHow) {
  EXPECT_EQ(time_fields(then_, "yMMMd"), std::nullopt);
  EXPECT_EQ(decimal_words(1.25, 1), "1.2");
  EXPECT_EQ(short_decimal_words(1.50, 2), "1.5");
  EXPECT_EQ(short_decimal_words(10, 2), "10");
}

TEST_F(FormatLocale, Germany) {
  set_format_locale("de_DE");
  EXPECT_EQ(time_fields(then_, "yMMMd"), "3. Nov. 2026");
  EXPECT_EQ(time_fields(then_, "jm"), "14:05");
  EXPECT_EQ(time_fields(then_, "EEEEjm"), "Dienstag, 14:05");
  EXPECT_EQ(decimal_words(1.5, 1), "1,5");
  EXPECT_EQ(short_decimal_words(1234.50, 2), "1234,5");
}

TEST_F(FormatLocale, TwelveHoursWhereOneCountsSo) {
  set_format_locale("en_US");
  EXPECT_EQ(time_fields(then_, "jm"), "2:05\u00A0PM");
  EXPECT_EQ(time_fields(then_, "MMMd"), "Nov 3");
}

TEST_F(FormatLocale, ALanguageInAnotherLanguagesCountry) {
  set_format_locale("en_DE");
  EXPECT_EQ(time_fields(then_, "jm"), "14:05");
}

TEST_F(FormatLocale, ALocaleThatThereIsNotIsNoError) {
  set_format_locale("xx_NOWHERE");
  EXPECT_TRUE(time_fields(then_, "jm").has_value());
  EXPECT_EQ(decimal_words(0.5, 1).size(), 3);
}

}  // namespace
}  // namespace meanwhile::test
