#include "app/library/format.h"

#include <gtest/gtest.h>

#include "app/ui/pen.h"
#include "app/ui/theme.h"

namespace meanwhile {
namespace {

float one_a_byte(std::string_view text) {
  return float(text.size());
}

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
            "about 1 min left on this disk");
  EXPECT_EQ(format_time_left(~0ULL, 1'000'000, std::chrono::seconds(10)), "");
  EXPECT_EQ(format_time_left(0, 1'000'000, std::chrono::seconds(10)), "about 0 min left on this disk");
}

TEST(Format, CutsNeverInsideACharacter) {
  EXPECT_EQ(utf8_prefix("aöb", 2), "a");
  EXPECT_EQ(utf8_prefix("aöb", 3), "aö");
  EXPECT_EQ(utf8_prefix("ab", 9), "ab");
}

TEST(Elided, KeepsTextThatFits) {
  EXPECT_EQ(elided("abc", 3, one_a_byte), "abc");
}

TEST(Elided, EndsInAnEllipsisWithinTheWidth) {
  const std::string shown = elided("abcdefghij", 6, one_a_byte);
  EXPECT_TRUE(shown.ends_with("…"));
  EXPECT_LE(shown.size(), 6U);
}

TEST(Wrapped, BreaksAtSpacesAndLineBreaks) {
  const auto lines = wrapped("one two three\n\nfour", 8, one_a_byte);
  EXPECT_EQ(lines, (std::vector<std::string_view>{"one two", "three", "", "four"}));
}

TEST(Wrapped, BreaksAWordThatIsTooLong) {
  for (const std::string_view line : wrapped(std::string(50, 'W'), 8, one_a_byte)) EXPECT_LE(line.size(), 8U);
  EXPECT_FALSE(wrapped("öööö", 1, one_a_byte).empty());
}

TEST(Theme, WordsCanBeReadOnEveryGround) {
  for (const ThemeChoice choice : {ThemeChoice::Dark, ThemeChoice::Light}) {
    const Theme& t = theme_of(choice);
    for (const ImU32 ground : {t.sidebar, t.window, t.surface, t.field})
      for (const ImU32 words : {t.text, t.soft_text, t.faint_text, t.accent, t.danger, t.warning, t.success})
        EXPECT_GE(contrast_ratio(ground, words), 4.5)
            << int(choice) << std::hex << " " << ground << " " << words;
    EXPECT_GE(contrast_ratio(t.accent_fill, t.on_accent), 4.5);
    EXPECT_GE(contrast_ratio(t.danger_fill, t.on_accent), 4.5);
    EXPECT_GE(contrast_ratio(t.accent_tint, t.accent), 4.5);
    EXPECT_GE(contrast_ratio(t.warning_tint, t.text), 4.5);
  }
}

TEST(Theme, WhiteInitialsCanBeReadOnEveryPerson) {
  for (int i = 0; i < 200; ++i)
    EXPECT_GE(contrast_ratio(person_color("person" + std::to_string(i)), IM_COL32_WHITE), 4.5);
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
