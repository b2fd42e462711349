#include "app/page/joined_content.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/page/page_keys.h"
#include "app/page/renewal.h"
#include "app/page/share_content.h"
#include "app/page/share_file.h"
#include "app/page/share_page.h"
#include "tests/app/page/joined_update.h"
#include "tests/app/page/page_fixture.h"

namespace meanwhile::test {
namespace {

namespace fs = std::filesystem;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;

class JoinedContentTest : public PageTest {
 protected:
  void join(LibraryKind kind = LibraryKind::Open) {
    begin(kind);
    other_ = join_another(session(), clip_.id);
    clip_ = session().index().clip(clip_.id).value();
  }
  ShareContent content() {
    auto content = read_share_content(session(), session().index(), *library().clips, clip_, {});
    EXPECT_TRUE(content) << content.error().message;
    return content.value_or(ShareContent{});
  }
  std::string part(std::size_t number) {
    return std::string(as_text(part_bytes(segment_key(other_, "screen", number))));
  }
  std::string init() { return std::string(as_text(part_bytes(init_key(other_, "screen")))); }
  Json rest(const SharedPage& page) {
    return parse_json(object(share_prefix(page.terms.share) + "rest.json")).value()["open"];
  }

  std::string other_;
};

TEST_F(JoinedContentTest, OfTheOtherOnlyTheSegmentsThatAreShown) {
  join();
  const ShareContent all = content();
  ASSERT_EQ(all.joined.size(), 1U);
  const JoinedContent& joined = all.joined[0];
  EXPECT_EQ(joined.missing, "");
  EXPECT_EQ(joined.shown, (std::vector<TimeRange>{{seconds(7), seconds(12)}}));
  const Manifest shown = shown_manifest(joined);
  ASSERT_EQ(shown.tracks[0].segments.size(), 2U);
  EXPECT_EQ(shown.tracks[0].segments[0].number, 2U);
  EXPECT_EQ(shown.tracks[0].segments[1].number, 3U);
  EXPECT_TRUE(shown.files.empty());
  EXPECT_EQ(manifest_until_shown(joined).tracks[0].segments.size(), 3U);
}

TEST_F(JoinedContentTest, WhatOfATrackEndedBeforeStandsThere) {
  JoinedContent joined{.place = {seconds(0), seconds(30)}, .shown = {{seconds(12), seconds(14)}}};
  ManifestTrack camera{.name = "camera"};
  camera.segments = {{.number = 1, .start = seconds(0), .duration = seconds(4)},
                     {.number = 2, .start = seconds(4), .duration = seconds(4)}};
  joined.manifest.tracks = {camera};
  const Manifest shown = shown_manifest(joined);
  ASSERT_EQ(shown.tracks.size(), 1U);
  ASSERT_EQ(shown.tracks[0].segments.size(), 1U);
  EXPECT_EQ(shown.tracks[0].segments[0].number, 2U);
}

TEST_F(JoinedContentTest, APageThatTakesObjectsSaysWhereTheyAre) {
  join();
  const auto page = make_page(library(), clip_, {.base = "https://host"}, {});
  ASSERT_TRUE(page) << page.error().message;
  const Json inner = outer_of(object(share_prefix(page->terms.share) + "index.html"))["open"];
  EXPECT_EQ(inner["arrangement"]["joined"], Json::parse("[[16000000,46000000]]"));
  EXPECT_EQ(inner["arrangement"]["cards"][0]["title"], "The end");
  EXPECT_FALSE(inner.contains("joined")) << "the first picture doesn't wait for it";
  const Json joined = rest(*page)["joined"][0];
  EXPECT_EQ(joined["media"]["base"], "../../" + clip_prefix(other_));
  EXPECT_EQ(joined["segments"], Json::parse(R"({"screen":[[2,3]]})"));
  EXPECT_EQ(sha256_hex(as_byte_span(joined["manifest"].get<std::string>())), joined["manifest_sha256"]);
}

TEST_F(JoinedContentTest, BesideAPageInAFolderLieWholeFilesUntilItIsJoinedNoMore) {
  join();
  const auto page = make_page(library(), clip_, {}, {});
  ASSERT_TRUE(page) << page.error().message;
  const fs::path folder = folder_.path() / "library" / share_prefix(page->terms.share);
  EXPECT_EQ(text_of(folder / "joined-1-screen.mp4"), init() + part(1) + part(2) + part(3));
  ASSERT_TRUE(session().say(DeleteClipEvent{other_}));
  ASSERT_TRUE(write_page(library(), session().index(), clip_, page->terms, {}));
  EXPECT_FALSE(fs::exists(folder / "joined-1-screen.mp4"));
  EXPECT_TRUE(fs::exists(folder / "screen.mp4"));
  EXPECT_TRUE(fs::exists(folder / "poster.jpg"));
}

TEST_F(JoinedContentTest, AFileHasTheSegmentsThatAreShown) {
  join();
  const auto file = ShareFile::prepare(library(), clip_, {.out = folder_.path() / "update.html"}, {});
  ASSERT_TRUE(file) << file.error().message;
  ASSERT_TRUE(file->write({}));
  const std::string page = text_of(folder_.path() / "update.html");
  EXPECT_EQ(page.size(), file->size_bytes());
  const auto bytes = from_base64(between(page, "id=\"bytes-joined-1-screen\">", "<"));
  ASSERT_TRUE(bytes);
  EXPECT_EQ(std::string(bytes->begin(), bytes->end()), init() + part(2) + part(3));
  const Json media = outer_of(page)["open"]["joined"][0]["media"];
  EXPECT_EQ(media, Json::parse(R"({"kind":"inline","prefix":"joined-1-"})"));
}

TEST_F(JoinedContentTest, InASealedLibraryItHasAKeyOfItsOwn) {
  join(LibraryKind::Sealed);
  const auto file = ShareFile::prepare(library(), clip_, {.out = folder_.path() / "update.html"}, {});
  ASSERT_TRUE(file) << file.error().message;
  const auto page = make_page(library(), clip_, {.base = "https://host"}, {});
  ASSERT_TRUE(page) << page.error().message;
}

TEST_F(JoinedContentTest, WhyItIsMissingIsSaid) {
  join();
  ASSERT_TRUE(session().say(DeleteClipEvent{other_}));
  EXPECT_EQ(content().joined[0].missing, "it was deleted");
  arrange(session(), clip_.id,
          {.parts = {{seconds(0), seconds(10)}, {seconds(20), seconds(25)}},
           .joined = {{new_clip_id(wall_now()), {seconds(20), seconds(25)}}}});
  clip_ = session().index().clip(clip_.id).value();
  EXPECT_EQ(content().joined[0].missing, "it isn't in the library");
}

TEST_F(JoinedContentTest, OneOfWhichNothingIsShownIsNotThere) {
  join();
  arrange(session(), clip_.id,
          {.parts = {{seconds(0), seconds(10)}}, .joined = {{other_, {seconds(20), seconds(25)}}}});
  clip_ = session().index().clip(clip_.id).value();
  EXPECT_TRUE(content().joined.empty());
}

TEST_F(JoinedContentTest, APageIsMadeAnewWhenWhatIsJoinedWasDeleted) {
  join();
  const auto page = make_page(library(), clip_, {.base = "https://host"}, {});
  ASSERT_TRUE(page) << page.error().message;
  ASSERT_TRUE(session().say(ShareEvent{.clip = clip_.id, .terms = page->terms}));
  ASSERT_TRUE(session().say(DeleteClipEvent{other_}));
  PageKeeper keeper(library());
  const auto report = keeper.look(session().index(), wall_now() + minutes(20), {});
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->renewed, 1);
  EXPECT_EQ(rest(*page)["joined"][0], Json::parse(R"({"missing":"it was deleted"})"));
}

}  // namespace
}  // namespace meanwhile::test
