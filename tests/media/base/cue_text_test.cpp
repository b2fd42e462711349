#include "media/base/cue_text.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

TEST(CueText, ReferencesAreCharacters) {
  EXPECT_EQ(plain_cue_text("let&#39;s meet at the caf&eacute; &#x2014; soon"),
            "let's meet at the café — soon");
  EXPECT_EQ(plain_cue_text("&amp;&lt;&gt;&quot;&apos;&hellip;&Zopf;&notin;"), "&<>\"'…ℤ∉");
  EXPECT_EQ(plain_cue_text("&CounterClockwiseContourIntegral;&bne;&equals;"), "∳=⃥=");
  EXPECT_EQ(plain_cue_text("&#128512;&#X1F600;"), "😀😀");
}

TEST(CueText, ReferencesAreTakenAsPagesHaveThem) {
  EXPECT_EQ(plain_cue_text("caf&eacute au lait &copy2026"), "café au lait ©2026");
  EXPECT_EQ(plain_cue_text("&#150;&#x92;"), "–’");
  EXPECT_EQ(plain_cue_text("&#0;&#xD800;&#99999999999;"), "���");
  EXPECT_EQ(plain_cue_text("AT&T &unknown; & &# &#x;"), "AT&T &unknown; & &# &#x;");
  EXPECT_EQ(plain_cue_text("&amp;eacute;"), "&eacute;");
}

TEST(CueText, WhoSpeaksComesBeforeTheWords) {
  EXPECT_EQ(plain_cue_text("<v Anna Berg>hello</v>"), "Anna Berg: hello");
  EXPECT_EQ(plain_cue_text("<v.loud.first Anna>hello\n<v Anna>again\n<v Bob>and I"),
            "Anna: hello\nagain\nBob: and I");
  EXPECT_EQ(plain_cue_text("<v Fish &amp; Chips>hello"), "Fish & Chips: hello");
  EXPECT_EQ(plain_cue_text("<v Anna>Anna: hello"), "Anna: hello");
  EXPECT_EQ(plain_cue_text("<v>nobody</v> <video>x"), "nobody x");
}

TEST(CueText, WhatOpensNoTagStays) {
  EXPECT_EQ(plain_cue_text("a < b, c <3, <b>bold</b> <00:01.000>now <i"), "a < b, c <3, bold now <i");
  EXPECT_EQ(plain_cue_text("{\\an8}up {here}"), "up {here}");
}

TEST(CueText, IsReadAsItWasWritten) {
  for (const char* text : {"a < b & c > d", "&eacute;", "<v Anna>x", "Anna: --> there", "é\nü"})
    EXPECT_EQ(plain_cue_text(escaped_cue_text(text)), text);
}

}  // namespace
}  // namespace meanwhile
