// Texts in scripts that the window's own face lacks.
#include "app/platform/text_shaper.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>

#include "app/platform/fonts.h"
#include "app/platform/icons.h"

namespace meanwhile {
namespace {

constexpr ImU32 kWhite = IM_COL32(255, 255, 255, 255);

TextShaper::Form line(float width = 0) {
  TextShaper::Form form;
  form.font_height = 17;
  form.width = width;
  return form;
}

TextShaper::Form paragraph(float width) {
  TextShaper::Form form = line(width);
  form.fit = TextFit::Paragraph;
  form.line_step = 22;
  return form;
}

int inked_columns(const TextShaper::Image& image) {
  int count = 0;
  for (int x = 0; x < image.width; ++x)
    for (int y = 0; y < image.height; ++y)
      if (image.rgba[(std::size_t(y) * image.width + x) * 4 + 3] > 64) {
        ++count;
        break;
      }
  return count;
}

TEST(NeedsShaping, CommonLettersAreDrawnAsTheyAre) {
  for (const char* text : {"", "Release plan, “really”…", "Zoë Müller", "Łukasz", "a → b\nc"})
    EXPECT_FALSE(needs_shaping(text)) << text;
}

TEST(NeedsShaping, WhatInterHasBesidesIsDrawnAsItIsOnceItIsLoaded) {
  for (const char* text : {"Олег Иванов", "Μίνα", "Nguyễn", "x ≤ 2 ✓"}) {
    needs_shaping(text);
    EXPECT_EQ(letters_met(), Letters::All);
    ImFontAtlas atlas;
    load_fonts(atlas, 1);
    EXPECT_FALSE(needs_shaping(text)) << text;
  }
}

// A glyph that isn't loaded would show as a question mark.
TEST(Icons, EachStandsAmongThoseThatAreLoaded) {
  std::ifstream header(std::filesystem::path(MEANWHILE_SOURCE_DIR) / "app/platform/icons.h");
  std::size_t named = 0;
  for (std::string line; std::getline(header, line);)
    if (line.starts_with("constexpr Icon k")) ++named;
  EXPECT_GT(named, 60U);
  EXPECT_EQ(icons::kAll.size(), named);
}

TEST(NeedsShaping, OtherScriptsEmojiAndLooseMarksAreLaidOut) {
  for (const char* text : {"王小明", "مريم", "נועה", "आशा", "Nice 👍", "e\xCC\x81"})
    EXPECT_TRUE(needs_shaping(text)) << text;
}

TEST(TextShaperTest, ALineIsAsHighAsTheWindowsOwnAndHasInk) {
  TextShaper shaper;
  for (const char* text : {"十二月发布计划", "سلام", "שלום"}) {
    const auto extent = shaper.measure(text, line());
    EXPECT_EQ(extent.height, 17);
    EXPECT_GT(extent.width, 10) << text;
    EXPECT_FALSE(extent.is_shortened);
    EXPECT_GT(inked_columns(shaper.image(text, line(), kWhite)), extent.width / 2) << text;
  }
}

TEST(TextShaperTest, WhatDoesNotFitIsShortened) {
  TextShaper shaper;
  const std::string text = "十二月发布计划：以及会推迟的内容";
  const auto whole = shaper.measure(text, line());
  const auto cut = shaper.measure(text, line(60));
  EXPECT_GT(whole.width, 60);
  EXPECT_LE(cut.width, 60);
  EXPECT_TRUE(cut.is_shortened);
}

TEST(TextShaperTest, AParagraphBreaksWhereThereAreNoSpaces) {
  TextShaper shaper;
  std::string text;
  for (int i = 0; i < 40; ++i) text += "十二";
  const auto wide = shaper.measure(text, paragraph(2000));
  const auto narrow = shaper.measure(text, paragraph(100));
  EXPECT_EQ(wide.height, 17);
  EXPECT_GE(narrow.height, 17 + 5 * 22);
  EXPECT_EQ((narrow.height - 17) % 22, 0) << "lines keep their distance whatever font stands in";
}

// A letter of Arabic looks otherwise within a word: laid out one by one they would be wider.
TEST(TextShaperTest, ArabicLettersJoin) {
  TextShaper shaper;
  const int joined = shaper.measure("بببب", line()).width;
  const int apart = 4 * shaper.measure("ب", line()).width;
  EXPECT_LT(joined, apart);
}

TEST(TextShaperTest, RightToLeftBeginsAtTheRight) {
  TextShaper shaper;
  const auto& image = shaper.image("שלום", paragraph(300), kWhite);
  int first = image.width;
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x)
      if (image.rgba[(std::size_t(y) * image.width + x) * 4 + 3] > 64) first = std::min(first, x);
  EXPECT_GT(first, 200);
}

TEST(TextShaperTest, TheSameTextIsMadeOnce) {
  TextShaper shaper;
  const auto id = shaper.image("王小明", line(), kWhite).id;
  EXPECT_EQ(shaper.image("王小明", line(), kWhite).id, id);
  EXPECT_NE(shaper.image("王小明", line(), IM_COL32(255, 0, 0, 255)).id, id);
}

TEST(TextShaperTest, AnythingAtAllIsDrawnWithoutHarm) {
  TextShaper shaper;
  std::string long_text;
  for (int i = 0; i < 3000; ++i) long_text += "水";
  for (const std::string& text : {std::string("\xFF\xFE\x80"), std::string("\xE6\xB0"),
                                  std::string("水\0水", 7), std::string("水\n\n水"), long_text}) {
    EXPECT_GE(shaper.measure(text, line(50)).width, 0);
    EXPECT_GE(shaper.image(text, paragraph(80), kWhite).height, 17);
  }
}

}  // namespace
}  // namespace meanwhile
