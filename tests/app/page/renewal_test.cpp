#include "app/page/renewal.h"

#include <gmock/gmock.h>

#include "app/page/page_keys.h"
#include "app/page/page_state.h"
#include "app/page/share_end.h"
#include "app/page/share_page.h"
#include "tests/app/page/page_fixture.h"

namespace meanwhile::test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;
using testing::Not;

class RenewalTest : public PageTest {
 protected:
  void SetUp() override {
    begin(LibraryKind::Open);
    const auto page = make_page(library(), clip_, {.base = "https://host"}, {});
    ASSERT_TRUE(page) << page.error().message;
    terms_ = page->terms;
    ASSERT_TRUE(session().say(ShareEvent{.clip = clip_.id, .terms = terms_}));
  }
  std::string key(const char* name) const { return share_prefix(terms_.share) + name; }
  std::string page() { return object(key("index.html")); }
  void comment(const std::string& text) {
    ASSERT_TRUE(session().say(CommentEvent{.clip = clip_.id, .at = {}, .to = {}, .text = text}));
  }
  int renewed(PageKeeper& keeper, WallTime now) {
    const auto report = keeper.look(session().index(), now, {});
    EXPECT_TRUE(report) << report.error().message;
    if (!report) return -1;
    for (const std::string& trouble : report->troubles) ADD_FAILURE() << trouble;
    return report->renewed;
  }
  // As if its links had been signed for that time.
  void set_state(WallTime made, WallTime until) {
    auto state = parse_page_state(as_byte_span(object(key("state.json")))).value();
    state.made = made;
    state.signed_until = until;
    ASSERT_TRUE(session().storage().put(key("state.json"), to_bytes(state), {}));
  }

  ShareTerms terms_;
  const WallTime now_ = wall_now();
};

TEST_F(RenewalTest, WhatWasSaidSinceComesOntoThePageAfterAWhile) {
  PageKeeper keeper(library());
  comment("Later");
  EXPECT_EQ(renewed(keeper, now_ + minutes(1)), 0) << "not at once";
  EXPECT_EQ(renewed(keeper, now_ + minutes(20)), 1);
  EXPECT_THAT(object(key("rest.json")), HasSubstr("Later"));
}

TEST_F(RenewalTest, CaptionsThatCameSinceComeOntoThePage) {
  PageKeeper keeper(library());
  EXPECT_THAT(object(key("rest.json")), Not(HasSubstr("Written down since")));
  add_captions(session().storage(), clip_, "en", "Written down since");
  ASSERT_TRUE(session().say(
      AdditionEvent{.clip = clip_.id, .language = "en", .object = clip_.additions.back().object}));
  EXPECT_EQ(renewed(keeper, now_ + minutes(20)), 1);
  EXPECT_THAT(object(key("rest.json")), HasSubstr("Written down since"));
}

TEST_F(RenewalTest, NothingNewIsWrittenOnlyOnce) {
  PageKeeper keeper(library());
  const std::string before = page();
  EXPECT_EQ(renewed(keeper, now_ + hours(5)), 0);
  EXPECT_EQ(page(), before);
}

TEST_F(RenewalTest, LinksAreMadeAnewWhenHalfOfTheirTimeIsOver) {
  set_state(now_ - hours(3), now_ + hours(4));
  PageKeeper early(library());
  EXPECT_EQ(renewed(early, now_), 0);
  set_state(now_ - hours(4), now_ + hours(3));
  PageKeeper due(library());
  EXPECT_EQ(renewed(due, now_), 1);
  PageKeeper second(library());
  EXPECT_EQ(renewed(second, now_), 0) << "somebody has done it";
}

// Parts were removed for good, or it was corrected.
TEST_F(RenewalTest, APageOfAnotherRecordingIsMadeAnewAtOnce) {
  auto state = parse_page_state(as_byte_span(object(key("state.json")))).value();
  EXPECT_EQ(state.manifest, clip_.manifest_sha256);
  state.manifest = std::string(64, 'a');
  ASSERT_TRUE(session().storage().put(key("state.json"), to_bytes(state), {}));
  PageKeeper keeper(library());
  EXPECT_EQ(renewed(keeper, now_ + std::chrono::seconds(10)), 1);
  PageKeeper second(library());
  EXPECT_EQ(renewed(second, now_ + std::chrono::seconds(20)), 0);
}

TEST_F(RenewalTest, LookingAgainAtOnceAsksNothing) {
  PageKeeper keeper(library());
  EXPECT_EQ(renewed(keeper, now_), 0);
  set_state(now_ - hours(4), now_ + hours(3));
  EXPECT_EQ(renewed(keeper, now_ + minutes(1)), 0);
  EXPECT_EQ(renewed(keeper, now_ + minutes(16)), 1);
}

TEST_F(RenewalTest, WhatHasEndedIsNotMadeAnew) {
  comment("Later");
  const Share share = session().index().share(terms_.share).value();
  ASSERT_TRUE(end_share(library(), share, {}));
  PageKeeper keeper(library());
  EXPECT_EQ(renewed(keeper, now_ + hours(1)), 0);
  EXPECT_EQ(page(), "");
}

TEST_F(RenewalTest, APageOfADeletedUpdateGoes) {
  ASSERT_TRUE(session().say(DeleteClipEvent{clip_.id}));
  PageKeeper keeper(library());
  EXPECT_EQ(renewed(keeper, now_), 0);
  EXPECT_EQ(page(), "");
}

TEST_F(RenewalTest, WhenItsTimeIsOverThePageGoes) {
  ShareTerms terms = terms_;
  terms.until = now_ + hours(2);
  ASSERT_TRUE(session().say(ShareEvent{.clip = clip_.id, .terms = terms}));
  PageKeeper keeper(library());
  EXPECT_EQ(renewed(keeper, now_ + hours(1)), 0);
  EXPECT_NE(page(), "");
  EXPECT_EQ(renewed(keeper, now_ + hours(3)), 0);
  EXPECT_EQ(page(), "");
}

TEST_F(RenewalTest, APageThatIsGoneStaysGone) {
  ASSERT_TRUE(remove_page(session().storage(), terms_.share, {}));
  PageKeeper keeper(library());
  EXPECT_EQ(renewed(keeper, now_ + hours(1)), 0);
  EXPECT_EQ(page(), "");
}

TEST_F(RenewalTest, ADamagedStateIsToldAndStopsNoOther) {
  ASSERT_TRUE(session().storage().put(key("state.json"), as_byte_span("{"), {}));
  PageKeeper keeper(library());
  const auto report = keeper.look(session().index(), now_, {});
  ASSERT_TRUE(report);
  ASSERT_EQ(report->troubles.size(), 1u);
  EXPECT_THAT(report->troubles[0], HasSubstr("isn't up to date"));
}

TEST_F(RenewalTest, SharesAreFoundByTheirBeginningOrTheirClip) {
  EXPECT_EQ(shares_meant(session(), terms_.share.substr(0, 6), now_)->front().terms.share, terms_.share);
  EXPECT_EQ(shares_meant(session(), clip_.id, now_)->size(), 1u);
  EXPECT_EQ(shares_meant(session(), "zzzzzz", now_).error().code, ErrorCode::NotFound);
  ASSERT_TRUE(end_share(library(), session().index().share(terms_.share).value(), {}));
  EXPECT_EQ(shares_meant(session(), clip_.id, now_).error().code, ErrorCode::NotFound);
}

TEST_F(RenewalTest, AFileEndsButCannotBeCalledBack) {
  const ShareTerms file{.share = new_share_id(), .form = ShareForm::File};
  ASSERT_TRUE(session().say(ShareEvent{.clip = clip_.id, .terms = file}));
  const Share share = session().index().share(file.share).value();
  EXPECT_THAT(what_stays(session(), share, now_, "UTC"), HasSubstr("can't be called back"));
  ASSERT_TRUE(end_share(library(), share, {}));
  EXPECT_TRUE(session().index().share(file.share)->is_off);
  EXPECT_NE(page(), "");
}

}  // namespace
}  // namespace meanwhile::test
