// How text is cut and broken for the pen, and the colours of the theme.
#include "app/ui/pen.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/ui/theme.h"

namespace meanwhile {
namespace {

float one_a_byte(std::string_view text) {
  return float(text.size());
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
  const std::string word(50, 'W');
  for (const std::string_view line : wrapped(word, 8, one_a_byte)) EXPECT_LE(line.size(), 8U);
  EXPECT_FALSE(wrapped("öööö", 1, one_a_byte).empty());
}

std::array<float, 3> channels_of(ImU32 color) {
  return {float((color >> IM_COL32_R_SHIFT) & 0xFF), float((color >> IM_COL32_G_SHIFT) & 0xFF),
          float((color >> IM_COL32_B_SHIFT) & 0xFF)};
}

double luminance(ImU32 color) {
  const auto linear = [](double value) {
    value /= 255;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  const auto [red, green, blue] = channels_of(color);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

// WCAG 2.1, "contrast ratio": 1 to 21. above is opaque.
double contrast_ratio(ImU32 below, ImU32 above) {
  const double a = luminance(below) + 0.05;
  const double b = luminance(above) + 0.05;
  return std::max(a, b) / std::min(a, b);
}

TEST(Theme, WordsCanBeReadOnEveryGround) {
  for (const auto& [choice, least] : {std::pair{ThemeChoice::Dark, 4.5},
                                      {ThemeChoice::Light, 4.5},
                                      {ThemeChoice::DarkContrast, 7.0},
                                      {ThemeChoice::LightContrast, 7.0}}) {
    const Theme& t = theme_of(choice);
    for (const ImU32 ground : {t.sidebar, t.window, t.surface, t.field})
      for (const ImU32 words : {t.text, t.soft_text, t.faint_text, t.accent, t.danger, t.warning, t.success})
        EXPECT_GE(contrast_ratio(ground, words), least)
            << int(choice) << std::hex << " " << ground << " " << words;
    EXPECT_GE(contrast_ratio(t.accent_fill, t.on_accent), least);
    EXPECT_GE(contrast_ratio(t.danger_fill, t.on_accent), least);
    EXPECT_GE(contrast_ratio(t.accent_tint, t.accent), least);
    EXPECT_GE(contrast_ratio(t.warning_tint, t.text), least);
  }
}

TEST(Theme, LinesAreSeenInHighContrast) {
  for (const ThemeChoice choice : {ThemeChoice::DarkContrast, ThemeChoice::LightContrast}) {
    const Theme& t = theme_of(choice);
    for (const ImU32 ground : {t.sidebar, t.window, t.surface, t.field})
      for (const ImU32 line : {t.border, t.strong_border})
        EXPECT_GE(contrast_ratio(ground, line), 3) << int(choice);
  }
}

TEST(Theme, WhiteInitialsCanBeReadOnEveryPerson) {
  for (int i = 0; i < 200; ++i)
    EXPECT_GE(contrast_ratio(person_color("person" + std::to_string(i)), IM_COL32_WHITE), 4.5);
}

}  // namespace
}  // namespace meanwhile
