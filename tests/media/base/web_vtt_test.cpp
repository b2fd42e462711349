#include "media/base/web_vtt.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

using namespace std::chrono_literals;

TEST(WebVtt, ReadsCuesInOrderOfTimeWithoutTheirMarkup) {
  const auto cues = parse_web_vtt(
      "WEBVTT Release talk\nKind: captions\n\nNOTE\nby hand\n\nSTYLE\n::cue { color: red }\n\n"
      "second\n01:02:03.004 --> 01:02:05.000 align:left\ntwo\nlines\n\n"
      "00:00.500 --> 00:02.000\n<v Anna>Hello &amp; <b>welcome</b>\n");
  ASSERT_TRUE(cues) << cues.error().message;
  EXPECT_EQ(*cues, (std::vector<VttCue>{{500ms, 2s, "Anna: Hello & welcome"},
                                        {1h + 2min + 3004ms, 1h + 2min + 5s, "two\nlines"}}));
}

TEST(WebVtt, TakesAnyEndOfLineAndAByteOrderMark) {
  for (const std::string_view end : {"\n", "\r\n", "\r"}) {
    std::string text = "\xEF\xBB\xBFWEBVTT";
    for (const std::string_view line :
         {"", "", "00:01.000 --> 00:02.000", "one", "", "00:03.000 --> 00:04.000", "two"})
      text.append(line).append(end);
    const auto cues = parse_web_vtt(text);
    ASSERT_TRUE(cues);
    EXPECT_EQ(cues->size(), 2U);
  }
}

TEST(WebVtt, PassesOverWhatMakesNoSense) {
  const auto cues = parse_web_vtt(
      "WEBVTT\n\n00:02.000 --> 00:01.000\nbackwards\n\n1:2 --> 3\nno time\n\n00:01.000 --> 00:02.000\n\n"
      "00:61.000 --> 00:62.000\nno second\n\n00:01.000 --> 00:02.000\n\xFF\xFE\n\n00:05.000 --> "
      "00:06.000\ngood\n");
  ASSERT_TRUE(cues);
  EXPECT_EQ(*cues, (std::vector<VttCue>{{5s, 6s, "good"}}));
}

TEST(WebVtt, RefusesWhatIsSomethingElse) {
  for (const char* text :
       {"", "hello", "WEBVTTX\n\n00:01.000 --> 00:02.000\nx\n", "1\n00:00:01,000 --> 00:00:02,000\nsrt\n"})
    EXPECT_EQ(parse_web_vtt(text).error().code, ErrorCode::Corrupt) << text;
}

TEST(WebVtt, ReadsWhatItWrites) {
  const std::vector<VttCue> cues{{1500ms, 3s, "a < b & c"}, {1h, 2h, "two\nlines"}};
  EXPECT_EQ(parse_web_vtt(to_web_vtt(cues)).value(), cues);
}

TEST(WebVtt, TakesHoursOfOneDigit) {
  const auto cues =
      parse_web_vtt("WEBVTT\n\n0:00:00.500 --> 0:00:02.000\none\n\n1:02.000 --> 1:03.000\ntwo\n");
  ASSERT_TRUE(cues);
  EXPECT_EQ(*cues, (std::vector<VttCue>{{500ms, 2s, "one"}, {62s, 63s, "two"}}));
}

TEST(WebVtt, LinesOfReferencesAreNoEndOfACaption) {
  const auto cues = parse_web_vtt("WEBVTT\n\n00:01.000 --> 00:02.000\na&#10;&#13;&NewLine;b\n&nbsp;\nc\n");
  ASSERT_TRUE(cues);
  EXPECT_EQ(parse_web_vtt(to_web_vtt(*cues)).value(), *cues);
  EXPECT_EQ(cues->at(0).text, "a   b\nc");
}

TEST(Captions, AreWebVttOrSubRip) {
  const auto cues = parse_captions(
      "\xEF\xBB\xBF"
      "1\r\n00:00:00,500 --> 00:00:02,000 X1:0\r\n{\\an8}<i>words</i>\r\n<font color=\"red\">of</font> "
      "it\r\n\r\n2\r\n00:00:02,000 --> 00:00:03,000\r\nand a < b more\r\n");
  ASSERT_TRUE(cues) << cues.error().message;
  EXPECT_EQ(*cues, (std::vector<VttCue>{{500ms, 2s, "words\nof it"}, {2s, 3s, "and a < b more"}}));
  EXPECT_TRUE(parse_captions("00:00:01,000 --> 00:00:02,000\nwithout a number\n"));
  EXPECT_TRUE(parse_captions("WEBVTT\n\n00:01.000 --> 00:02.000\nx\n"));
}

TEST(Captions, RefuseWhatIsSomethingElse) {
  for (const char* text :
       {"", "hello", "1\n2\n3\n", "{\"captions\":[]}", "WEBVTTX\n\n00:01.000 --> 00:02.000\nx\n"})
    EXPECT_EQ(parse_captions(text).error().code, ErrorCode::Corrupt) << text;
}

TEST(WebVtt, KeepsWhenEachWordIsSaidAndHowSureItIs) {
  const std::vector<VttCue> cues{
      {1s,
       4s,
       "We ship < Friday",
       {{1s, 1200ms, "We"}, {1200ms, 1500ms, "ship", 61}, {2s, 2100ms, "<", 0}, {2100ms, 3s, "Friday"}}},
      {5s, 6s, "plain"}};
  EXPECT_EQ(parse_web_vtt(to_web_vtt(cues)).value(), cues);
}

TEST(WebVtt, WordsThatAreNotThoseOfTheTextAreNotWritten) {
  const std::vector<VttCue> cues{{1s, 4s, "one two", {{1s, 2s, "one"}, {2s, 3s, "three"}}}};
  const std::vector<VttCue> plain{{1s, 4s, "one two"}};
  EXPECT_EQ(parse_web_vtt(to_web_vtt(cues)).value(), plain);
}

TEST(WebVtt, WordsWithTimesThatMakeNoSenseAreText) {
  for (const char* stamp : {"<00:09.000>", "<00:00.500>"}) {
    const auto cues = parse_web_vtt(std::string("WEBVTT\n\n00:01.000 --> 00:02.000\none ") + stamp + "two\n");
    EXPECT_EQ(cues.value(), (std::vector<VttCue>{{1s, 2s, "one two"}}));
  }
}

TEST(WebVtt, SaysItsLanguage) {
  EXPECT_EQ(web_vtt_language(to_web_vtt({}, "pt-BR")), "pt-BR");
  EXPECT_EQ(web_vtt_language("WEBVTT\n\n00:01.000 --> 00:02.000\nLanguage: no\n"), "");
}

TEST(WebVtt, WhatIsRemovedIsInNoCueAndNoWord) {
  const std::vector<VttCue> cues{
      {1s, 4s, "one two three", {{1s, 2s, "one"}, {2s, 3s, "two"}, {3s, 4s, "three"}}},
      {5s, 7s, "nobody knows when"},
      {8s, 9s, "stays"}};
  const std::vector<TimeRange> blank{{2500ms, 3500ms}, {6s, 8s}};
  EXPECT_EQ(cues_without(cues, blank),
            (std::vector<VttCue>{{1s, 2s, "one", {{1s, 2s, "one"}}}, {8s, 9s, "stays"}}));
  const std::string left = web_vtt_without(to_web_vtt(cues, "de"), blank).value();
  EXPECT_EQ(web_vtt_language(left), "de");
  EXPECT_EQ(left.find("two"), std::string::npos);
  EXPECT_EQ(left.find("nobody"), std::string::npos);
  EXPECT_FALSE(web_vtt_without("no captions", blank));
}

TEST(WebVtt, ACutTakesItsWordsAlong) {
  const std::vector<VttCue> cues{{1s, 4s, "one two", {{1s, 2s, "one"}, {2s, 4s, "two"}}}, {5s, 6s, "gone"}};
  EXPECT_EQ(cut_cues(cues, 1500ms, 3s), (std::vector<VttCue>{{0s, 1500ms, "two", {{500ms, 1500ms, "two"}}}}))
      << "nobody reads what was cut away";
  EXPECT_TRUE(cut_cues({{1s, 4s, "one two", {{1s, 2s, "one"}, {2s, 3s, "two"}}}}, 3500ms, 5s).empty());
  EXPECT_EQ(cut_cues({{1s, 4s, "one two", {}}}, 1500ms, 3s).front().text, "one two")
      << "when its words are said isn't known";
}

}  // namespace
}  // namespace meanwhile
