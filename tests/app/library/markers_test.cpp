// Chapters and comments for programs that cut films.
#include "app/library/markers.h"

#include <gtest/gtest.h>

#include <string>

#include "app/library/marker_export.h"
#include "media/base/json.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class MarkersTest : public testing::Test {
 protected:
  MarkersTest() {
    clip_.title = "Plan <A> & \"B\"";
    clip_.author_name = "Ben";
    clip_.duration = clip_.recorded_duration = seconds(60);
    clip_.tracks = {{"screen", 2560, 1440}};
    clip_.chapters = {{MediaTime{}, ""}, {seconds(20), "Cost = x; #1 \\"}};
    Comment comment{.id = "d.1", .author_name = "Anna", .text = "Is \"it\" <b>so</b>?\nReally"};
    comment.at = milliseconds(10'017);
    comment.to = seconds(12);
    comment.ask = AskInfo{};
    Comment reply{.id = "d.2", .author_name = "Ben", .text = "Yes", .reply_to = "d.1"};
    Comment gone{.id = "d.3", .author_name = "Anna"};
    gone.is_deleted = true;
    threads_ = {{comment, {reply}}, {gone, {}}};
  }

  std::vector<Marker> markers() const { return markers_of(clip_, threads_); }

  Clip clip_;
  std::vector<Thread> threads_;
};

TEST(FrameRates, AreThoseThatProgramsKnow) {
  EXPECT_EQ(parse_frame_rate("29.97"), (FrameRate{30'000, 1001}));
  EXPECT_FALSE(parse_frame_rate("31"));
  EXPECT_EQ(frame_of(milliseconds(10'016), {30, 1}), 300);
  EXPECT_EQ(frame_of(milliseconds(10'017), {30, 1}), 301) << "nearer to the next";
  EXPECT_EQ(frame_of(std::chrono::hours(100), {60'000, 1001}), 21'578'422);
}

TEST_F(MarkersTest, AreChaptersAndThreadsByTime) {
  const auto all = markers();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].title, "Chapter 1");
  EXPECT_EQ(all[1].kind, MarkerKind::Question);
  EXPECT_EQ(all[1].title, "Anna: Is \"it\" <b>so</b>? Really");
  EXPECT_EQ(all[1].note, "Anna: Is \"it\" <b>so</b>?\nReally\nBen: Yes");
  EXPECT_EQ(all[2].title, "Cost = x; #1 \\");
}

TEST_F(MarkersTest, FcpxmlIsEscapedAndExactToTheFrame) {
  const auto all = markers();
  const std::string text = as_fcpxml({clip_, all, {30'000, 1001}, ""});
  EXPECT_NE(text.find("frameDuration=\"1001/30000s\" width=\"2560\" height=\"1440\""), text.npos) << text;
  EXPECT_NE(text.find("<gap name=\"Plan &lt;A&gt; &amp; &quot;B&quot;\""), text.npos) << text;
  EXPECT_NE(text.find("start=\"300300/30000s\" duration=\"60060/30000s\" value=\"Anna: Is &quot;it&quot; "
                      "&lt;b&gt;so&lt;/b&gt;? Really\" completed=\"0\" note=\"Anna: Is &quot;it&quot; "
                      "&lt;b&gt;so&lt;/b&gt;?&#10;Really&#10;Ben: Yes\"/>"),
            text.npos)
      << text;
  const std::string with_film = as_fcpxml({clip_, all, {}, "/a b/ü.mp4"});
  EXPECT_NE(with_film.find("src=\"file:///a%20b/%C3%BC.mp4\""), text.npos) << with_film;
  EXPECT_NE(with_film.find("<asset-clip ref=\"r2\""), text.npos);
}

TEST_F(MarkersTest, EdlHasALocatorALine) {
  clip_.chapters[1].name =
      "\xE2\x80\xA8"
      "002  AX V C 00:00:00:00";
  const auto all = markers();
  const std::string text = as_edl({clip_, all, {25, 1}, ""});
  EXPECT_TRUE(
      text.starts_with("TITLE: Plan <A> & \"B\"\nFCM: NON-DROP FRAME\n\n001  AX       V     C        "
                       "00:00:00:00 00:01:00:00 00:00:00:00 00:01:00:00\n"))
      << text;
  EXPECT_NE(text.find("* LOC: 00:00:10:00 RED     Anna: Is \"it\" <b>so</b>? Really\n"), text.npos) << text;
  EXPECT_EQ(text.find("\n002"), text.npos) << "no text makes an event";
}

TEST_F(MarkersTest, OtioIsJsonWithMarkersOnTheClip) {
  const auto all = markers();
  const Json json = parse_json(as_otio({clip_, all, {}, ""})).value();
  const Json& clip = json["tracks"]["children"][0]["children"][0];
  EXPECT_EQ(clip["source_range"]["duration"]["value"], 1800.0);
  ASSERT_EQ(clip["markers"].size(), 3U);
  EXPECT_EQ(clip["markers"][1]["marked_range"]["start_time"]["value"], 301.0);
  EXPECT_EQ(clip["markers"][1]["marked_range"]["duration"]["value"], 59.0);
  EXPECT_EQ(clip["media_reference"]["OTIO_SCHEMA"], "MissingReference.1");
}

TEST_F(MarkersTest, FfmetadataIsEscaped) {
  threads_[0].comment.text = "[CHAPTER]\nSTART=0";
  const auto all = markers();
  const std::string text = as_ffmetadata({clip_, all, {}, ""});
  EXPECT_TRUE(text.starts_with(";FFMETADATA1\ntitle=Plan <A> & \"B\"\n")) << text;
  EXPECT_NE(text.find("START=10017000\nEND=20000000\ntitle=Anna: [CHAPTER] START\\=0\n"), text.npos) << text;
  EXPECT_NE(text.find("title=Cost \\= x\\; \\#1 \\\\\n"), text.npos) << text;
}

}  // namespace
}  // namespace meanwhile
