#include "app/speech/caption_forms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "media/base/json.h"

namespace meanwhile {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const CaptionTrack kTrack{"en",
                          {{1s, 2s, "We ship.", {{1s, 1500ms, "We"}, {1500ms, 2s, "ship.", 40}}},
                           {2500ms, 3s, "Friday"},
                           {8s, 9s, "Bye"}}};

TEST(CaptionForms, EachIsWhatOtherProgramsTake) {
  EXPECT_THAT(captions_as(CaptionForm::Vtt, kTrack), HasSubstr("Language: en"));
  EXPECT_THAT(captions_as(CaptionForm::Srt, kTrack), HasSubstr("2\n00:00:02,500 --> 00:00:03,000\nFriday\n"));
  EXPECT_EQ(captions_as(CaptionForm::Text, kTrack), "We ship. Friday\n\nBye\n");
  const Json json = parse_json(captions_as(CaptionForm::Everything, kTrack)).value();
  EXPECT_EQ(json["captions"][0]["words"][1]["sure_percent"], 40);
  EXPECT_EQ(json["captions"][1]["from_us"], 2'500'000);
}

TEST(CaptionForms, AreCalledWhatTheirFilesAre) {
  for (const std::string_view name : kCaptionForms) EXPECT_TRUE(parse_caption_form(name)) << name;
  EXPECT_FALSE(parse_caption_form("docx"));
}

}  // namespace
}  // namespace meanwhile
