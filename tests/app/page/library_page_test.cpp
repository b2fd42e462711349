#include "app/page/library_page.h"

#include <gmock/gmock.h>

#include "app/page/share_page.h"
#include "tests/app/page/joined_update.h"
#include "tests/app/page/page_fixture.h"

namespace meanwhile::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class LibraryPageTest : public PageTest {
 protected:
  bool look(LibraryPageKeeper& keeper) {
    const auto written = keeper.look(session().index(), now_, {});
    EXPECT_TRUE(written) << written.error().message;
    return written.value_or(false);
  }
  std::string page() { return object("index.html"); }
  PublishedEvent published(const std::string& title, const std::string& channel) {
    return {.clip = new_clip_id(now_),
            .title = title,
            .channel = channel,
            .duration = std::chrono::seconds(75),
            .recorded = "2026-11-23T12:00:00.000Z",
            .manifest_sha256 = std::string(64, 'a'),
            .tracks = {{"screen", 320, 180}}};
  }
  void publish(const std::string& title, const std::string& channel) {
    ASSERT_TRUE(session().say(published(title, channel)));
  }

  const WallTime now_ = wall_now();
};

TEST_F(LibraryPageTest, ListsUpdatesByChannelAndOpensThoseThatAreShared) {
  begin(LibraryKind::Open);
  ASSERT_TRUE(session().say(ChannelEvent{.channel = "weekly", .name = "Weekly <b>"}));
  publish("Only in Meanwhile", "");
  LibraryPageKeeper keeper(library());
  EXPECT_TRUE(look(keeper));
  EXPECT_THAT(page(), HasSubstr("Budget &lt;3"));
  EXPECT_THAT(page(), HasSubstr("# Weekly &lt;b&gt;"));
  EXPECT_THAT(page(), HasSubstr("1:15"));
  EXPECT_THAT(page(), HasSubstr("href=\"meanwhile://"));
  EXPECT_THAT(page(), Not(HasSubstr("Opens here<")));
  EXPECT_FALSE(look(keeper)) << "nothing is new";

  const auto shared = make_page(library(), clip_, {}, {});
  ASSERT_TRUE(shared) << shared.error().message;
  ASSERT_TRUE(session().say(ShareEvent{.clip = clip_.id, .terms = shared->terms}));
  EXPECT_TRUE(look(keeper));
  EXPECT_THAT(page(), HasSubstr("href=\"shares/" + shared->terms.share + "/index.html\""));
  EXPECT_THAT(page(), HasSubstr("Opens here<"));

  ASSERT_TRUE(session().say(ShareEvent{.clip = clip_.id, .terms = shared->terms, .is_off = true}));
  EXPECT_TRUE(look(keeper));
  EXPECT_THAT(page(), Not(HasSubstr("Opens here<")));
}

TEST_F(LibraryPageTest, OfManyTheNewestAreListedAndArchivedChannelsComeLast) {
  begin(LibraryKind::Open);
  std::vector<EventBody> many{ChannelEvent{.channel = "old", .name = "Old", .archived = true}};
  for (int i = 0; i < 505; ++i) many.emplace_back(published("Update", i == 504 ? "old" : "weekly"));
  ASSERT_TRUE(session().say(many));
  LibraryPageKeeper keeper(library());
  ASSERT_TRUE(look(keeper));
  const std::string text = page();
  std::size_t count = 0;
  for (auto at = text.find("<li>"); at != std::string::npos; at = text.find("<li>", at + 1)) ++count;
  EXPECT_EQ(count, 500U);
  EXPECT_THAT(text, HasSubstr("Older updates are in Meanwhile."));
  EXPECT_LT(text.find("# weekly"), text.find("Archived channels"));
  EXPECT_LT(text.find("Archived channels"), text.find("# Old"));
  EXPECT_LT(text.size(), 400'000U);
}

TEST_F(LibraryPageTest, ThePictureIsTheOneThatTheManifestNames) {
  begin(LibraryKind::Open);
  Manifest manifest = library().clips->manifest(clip_, {}).value();
  manifest.files[0].number = 2;
  const std::string text = to_text(to_json(manifest).value());
  ASSERT_TRUE(session().say(
      AdditionEvent{.clip = clip_.id,
                    .kind = AdditionKind::Manifest,
                    .language = "",
                    .object = store_added(session().storage(), clip_.id, AdditionKind::Manifest, text),
                    .duration = manifest.duration}));
  LibraryPageKeeper keeper(library());
  EXPECT_TRUE(look(keeper));
  EXPECT_THAT(page(), HasSubstr("src=\"" + clip_file_key(clip_.id, "poster.jpg", 2) + "\""));
}

TEST_F(LibraryPageTest, ThePictureThatItsAuthorChoseComesFirst) {
  begin(LibraryKind::Open);
  const AddedObject poster = store_added(session().storage(), clip_.id, AdditionKind::Poster, "a JPEG");
  ASSERT_TRUE(session().say(AdditionEvent{
      .clip = clip_.id, .kind = AdditionKind::Poster, .language = "", .object = poster, .duration = {}}));
  LibraryPageKeeper keeper(library());
  EXPECT_TRUE(look(keeper));
  EXPECT_THAT(page(), HasSubstr("src=\"" + added_key(clip_.id, poster.name) + "\""));
}

TEST_F(LibraryPageTest, SomebodysOwnFileStays) {
  begin(LibraryKind::Open);
  ASSERT_TRUE(session().storage().put("index.html", as_byte_span("<h1>Ours</h1>"), {}));
  LibraryPageKeeper keeper(library());
  EXPECT_FALSE(look(keeper));
  EXPECT_EQ(page(), "<h1>Ours</h1>");
}

TEST_F(LibraryPageTest, WhatAnotherWroteIsReplacedOnlyOnceSomethingIsNew) {
  begin(LibraryKind::Open);
  LibraryPageKeeper keeper(library());
  ASSERT_TRUE(look(keeper));
  const std::string theirs = "<header data-list=\"sha256-other\">";
  ASSERT_TRUE(session().storage().put("index.html", as_byte_span(theirs), {}));
  EXPECT_FALSE(look(keeper));
  EXPECT_EQ(page(), theirs);
  publish("New", "weekly");
  EXPECT_TRUE(look(keeper));
  EXPECT_THAT(page(), HasSubstr("New"));
}

TEST_F(LibraryPageTest, NothingLiesInTheOpenOfASealedLibrary) {
  begin(LibraryKind::Sealed);
  LibraryPageKeeper keeper(library());
  EXPECT_FALSE(look(keeper));
  EXPECT_EQ(page(), "");
}

}  // namespace
}  // namespace meanwhile::test
