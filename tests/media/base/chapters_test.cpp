#include "media/base/chapters.h"

#include <gtest/gtest.h>

#include <string>

#include "media/base/text.h"
#include "media/base/web_vtt.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

Chapters three() {
  return {{seconds(0), "Why"}, {seconds(60), ""}, {seconds(120), "What next"}};
}

TEST(Chapters, AreInOrderAndOneIsNotMarkedTwice) {
  const Chapters chapters = with_chapter(three(), seconds(30), "  How \n it works ").value();
  ASSERT_EQ(chapters.size(), 4U);
  EXPECT_EQ(chapters[1], (Chapter{seconds(30), "How it works"}));
  EXPECT_EQ(with_chapter(chapters, milliseconds(30'300), "").value(), chapters) << "pressed twice";
  EXPECT_EQ(with_chapter(chapters, seconds(30), "Again").value()[1].name, "Again");
}

TEST(Chapters, HaveANumberWhereTheyHaveNoName) {
  EXPECT_EQ(chapter_title(three(), 1), "Chapter 2");
  EXPECT_EQ(chapter_title(three(), 2), "What next");
}

TEST(Chapters, KnowWhichOneAMomentLiesIn) {
  EXPECT_EQ(chapter_at(three(), seconds(59)), 0U);
  EXPECT_EQ(chapter_at(three(), seconds(60)), 1U);
  EXPECT_EQ(chapter_at({{seconds(5), ""}}, seconds(4)), 1U) << "none";
}

TEST(Chapters, AreRefusedInWords) {
  EXPECT_EQ(with_chapter({}, seconds(-1), "").error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(with_chapter({}, seconds(1), std::string(101, 'x')).error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(with_chapter({}, seconds(1), "\xff").error().code, ErrorCode::InvalidArgument);
  Chapters full;
  for (std::size_t i = 0; i < kMostChapters; ++i) full.push_back({seconds(i), ""});
  EXPECT_EQ(with_chapter(full, seconds(1000), "").error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(without_chapter(three(), seconds(30)).error().code, ErrorCode::NotFound);
  EXPECT_EQ(without_chapter(three(), seconds(60)).value().size(), 2U);
}

TEST(Chapters, OfAPartBeginWithTheOneThatItBeginsIn) {
  EXPECT_EQ(chapters_in(three(), {.from = seconds(70), .to = seconds(200)}),
            (Chapters{{MediaTime{}, ""}, {seconds(50), "What next"}}));
  EXPECT_EQ(chapters_in(three(), {.from = {}, .to = seconds(60)}), (Chapters{{MediaTime{}, "Why"}}));
}

TEST(Chapters, ComeBackFromJson) {
  EXPECT_EQ(chapters_from_json(json_of(three())), three());
}

TEST(Chapters, OfAnybodyAreTakenAsFarAsTheyMakeSense) {
  const Json json =
      parse_json(R"([{"at_us":9000000,"name":"b"},{"at_us":-1},{"name":"no"},7,null,{"at_us":"x"},
      {"at_us":9223372036854775807},{"at_us":1000000,"name":"a\u202e\nb"},{"at_us":1200000,"name":"late"}])")
          .value();
  EXPECT_EQ(chapters_from_json(json), (Chapters{{seconds(1), "late"}, {seconds(9), "b"}}));
  EXPECT_TRUE(chapters_from_json(Json(7)).empty());
  const Chapters typed = tidy({{seconds(5), std::string(300, 'x')}, {seconds(2), "  two words "}});
  EXPECT_EQ(typed[0].name, "two words");
  EXPECT_EQ(count_characters(typed[1].name), kLongestChapterName);
}

TEST(Chapters, AsWebVttLastUntilTheNext) {
  const auto cues = parse_web_vtt(chapters_web_vtt(three(), seconds(130))).value();
  ASSERT_EQ(cues.size(), 3U);
  EXPECT_EQ(cues[1], (VttCue{seconds(60), seconds(120), "Chapter 2"}));
  EXPECT_EQ(cues[2].to, seconds(130));
}

TEST(Chapters, AreNotOfferedWhereTheyAre) {
  EXPECT_EQ(free_slides({seconds(2), seconds(30), seconds(61)}, three()),
            (std::vector<MediaTime>{seconds(30)}));
}

}  // namespace
}  // namespace meanwhile
