#include "app/page/share_page.h"

#include <gmock/gmock.h>

#include "app/page/page_keys.h"
#include "app/page/page_media.h"
#include "tests/app/page/opened_page.h"
#include "tests/app/page/page_fixture.h"

namespace meanwhile::test {
namespace {

namespace fs = std::filesystem;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

class SharePageTest : public PageTest {
 protected:
  Result<SharedPage> made(const PageRequest& request = {}) {
    return make_page(library(), clip_, request, {});
  }
  std::string page_at(const SharedPage& page) {
    return object(share_prefix(page.terms.share) + "index.html");
  }
  fs::path below(const SharedPage& page, const std::string& name) const {
    return folder_.path() / "library" / share_prefix(page.terms.share) / name;
  }
};

TEST_F(SharePageTest, InAFolderTheTracksLieBesideIt) {
  begin(LibraryKind::Open);
  const auto page = made();
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->place, PagePlace::Disk);
  EXPECT_EQ(page->terms.form, ShareForm::Page);
  EXPECT_EQ(page->link, "file://" + below(*page, "index.html").string());
  EXPECT_EQ(text_of(below(*page, "screen.mp4")), screen());
  EXPECT_TRUE(fs::exists(below(*page, "poster.jpg")));
  const Json inner = outer_of(page_at(*page))["open"];
  EXPECT_EQ(inner["media"]["kind"], "mp4");
  EXPECT_EQ(inner["media"]["files"], Json({{"screen", "screen.mp4"}}));
  EXPECT_EQ(inner["answers"]["kind"], "copy");
  EXPECT_EQ(inner["comments"][0]["text"], "Why?");
}

TEST_F(SharePageTest, OfAFolderThatAWebServerShowsItTakesTheObjects) {
  begin(LibraryKind::Open);
  const auto page = made({.base = "https://host/team/"});
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_EQ(page->link, "https://host/team/" + share_prefix(page->terms.share) + "index.html");
  EXPECT_FALSE(fs::exists(below(*page, "screen.mp4")));
  const Json media = outer_of(page_at(*page))["open"]["media"];
  EXPECT_EQ(media["base"], "../../" + clip_prefix(clip_.id));
  EXPECT_EQ(media["query"], "");
  EXPECT_EQ(media["rest"], "rest.json");
  EXPECT_THAT(page_at(*page), Not(HasSubstr("Why?")));
  const Json rest = parse_json(object(share_prefix(page->terms.share) + "rest.json")).value();
  EXPECT_EQ(rest["open"]["comments"][0]["text"], "Why?");
}

TEST_F(SharePageTest, WhatIsNoWebAddressIsRefusedBeforeAnythingIsStored) {
  begin(LibraryKind::Open);
  for (const char* base : {"ftp://host/team", "host/team", "javascript:alert(1)", "https://host/?a=b"}) {
    const auto page = made({.base = base});
    ASSERT_FALSE(page) << base;
    EXPECT_EQ(page.error().code, ErrorCode::InvalidArgument) << base;
  }
  EXPECT_TRUE(session().storage().list("shares/", "", {})->empty());
}

TEST_F(SharePageTest, ASealedFolderOpensInNoBrowserByItself) {
  begin(LibraryKind::Sealed);
  const auto page = made();
  ASSERT_FALSE(page);
  EXPECT_EQ(page.error().code, ErrorCode::Unsupported);
  EXPECT_THAT(page.error().message, HasSubstr("--file"));
  EXPECT_TRUE(session().storage().list("shares/", "", {})->empty());
}

TEST_F(SharePageTest, OfASealedLibraryItTellsNothingAndOpensOneClip) {
  begin(LibraryKind::Sealed);
  const auto page = made({.base = "https://host/team"});
  ASSERT_TRUE(page) << page.error().message;
  const std::string text = page_at(*page);
  const Json rest = parse_json(object(share_prefix(page->terms.share) + "rest.json")).value();
  for (const char* secret : {"Budget", "Anna", "Why?", "Hello"}) {
    EXPECT_THAT(text, Not(HasSubstr(secret)));
    EXPECT_THAT(to_text(rest), Not(HasSubstr(secret)));
  }
  const auto at = page->link.find("#k=");
  ASSERT_NE(at, std::string::npos);
  const Json inner = opened_page(outer_of(text), page->link.substr(at));
  ASSERT_EQ(inner["clip"]["title"], "Budget <3");
  EXPECT_EQ(inner["seal"]["library"], session().id());
  EXPECT_EQ(inner["seal"]["clip_prefix"], clip_prefix(clip_.id));
  EXPECT_EQ(from_base64(inner["seal"]["scope"].get<std::string>())->size(), 32u);
  const std::string opened = opened_rest(rest, page->terms.share, page->link.substr(at));
  EXPECT_THAT(opened, HasSubstr("Why?"));
}

TEST_F(SharePageTest, IsMadeAnewWithWhatWasSaidSince) {
  begin(LibraryKind::Open);
  const auto page = made();
  ASSERT_TRUE(session().say(CommentEvent{.clip = clip_.id, .at = {}, .to = {}, .text = "Later"}));
  ASSERT_TRUE(write_page(library(), session().index(), clip_, page->terms, {}));
  EXPECT_THAT(page_at(*page), HasSubstr("Later"));
  EXPECT_EQ(outer_of(page_at(*page))["share"], page->terms.share);
}

TEST_F(SharePageTest, AllOfItGoes) {
  begin(LibraryKind::Open);
  const auto page = made({.base = "https://host"});
  const auto other = made();
  ASSERT_TRUE(remove_page(session().storage(), page->terms.share, {}));
  EXPECT_TRUE(session().storage().list(share_prefix(page->terms.share), "", {})->empty());
  EXPECT_FALSE(session().storage().list(share_prefix(other->terms.share), "", {})->empty());
  EXPECT_FALSE(fs::exists(below(*page, ""))) << "no folder stays behind";
  EXPECT_TRUE(fs::exists(below(*other, "")));
  EXPECT_TRUE(remove_page(session().storage(), page->terms.share, {}));
}

TEST_F(SharePageTest, ItLastsAnHourAtLeast) {
  begin(LibraryKind::Open);
  EXPECT_EQ(made({.until = wall_now() + std::chrono::minutes(5)}).error().code, ErrorCode::InvalidArgument);
  const auto until = wall_now() + std::chrono::hours(2);
  const auto page = made({.until = until});
  EXPECT_EQ(page->ends, until);
  EXPECT_EQ(outer_of(page_at(*page))["open"]["until"], format_rfc3339(until));
}

TEST_F(SharePageTest, AnUpdateThatIsStillRecordedIsRefused) {
  begin(LibraryKind::Open);
  clip_.is_live = true;
  EXPECT_EQ(made().error().code, ErrorCode::InvalidArgument);
  EXPECT_TRUE(session().storage().list("shares/", "", {})->empty());
}

TEST_F(SharePageTest, AFileHasNoPage) {
  begin(LibraryKind::Open);
  EXPECT_EQ(page_of(session(), {.share = new_share_id(), .form = ShareForm::File}, wall_now()).error().code,
            ErrorCode::Unsupported);
}

}  // namespace
}  // namespace meanwhile::test
