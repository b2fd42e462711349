// Two homes and a shared folder: an answer that lies beside a page reaches both, once.
#include "app/page/answers_of_shares.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/home.h"
#include "app/library/share.h"
#include "app/page/page_keys.h"
#include "app/page/share_end.h"
#include "app/page/share_page.h"
#include "app/page/share_terms.h"
#include "media/base/files.h"
#include "tests/app/page/page_fixture.h"
#include "tests/support/environment.h"
#include "tests/support/founding.h"
#include "tests/support/guest_words.h"
#include "tests/support/library_events.h"
#include "tests/support/library_place.h"

namespace meanwhile {
namespace {

const std::string kClip = id_from("c1");
const std::string kShare = id_from("s1");

class SharesAnswers : public testing::Test {
 protected:
  SharesAnswers() {
    EXPECT_TRUE(anna_->say(published(kClip, "Where we stand")));
    share({.share = kShare});
  }

  std::unique_ptr<LibrarySession> open(const std::string& who) {
    const auto home = Home::open(folder_.path() / who);
    return LibrarySession::open(*home, founded("folder:" + place().string()), who).value();
  }
  std::filesystem::path place() const { return folder_.path() / "library"; }

  void share(ShareTerms terms, bool is_off = false) {
    const auto said = anna_->say(ShareEvent{.clip = kClip, .terms = std::move(terms), .is_off = is_off});
    ASSERT_TRUE(said) << said.error().message;
    send(*anna_, said->n);
  }

  // Until all that was said is in the library.
  void send(LibrarySession& library, std::int64_t n) {
    library.outbox().start();
    const EventId last{library.identity().device().id(), n};
    ASSERT_EQ(library.outbox().wait_until_stored(last, far_deadline()).value(), StoredOutcome::Stored);
  }

  void answer(const std::string& text) {
    const std::int64_t n = sam_.n;
    const std::string document = sam_.document({.share = kShare, .clip = kClip}, {guest_comment(1, text)});
    ASSERT_TRUE(library_put(fmt::format("{}{}.{:06}.json", answers_prefix(kShare), sam_.id(), n), document));
  }
  Result<void> library_put(const std::string& key, const std::string& bytes) {
    return anna_->storage().put(key, as_byte_span(bytes), {});
  }

  TakenUp take_up(LibrarySession& library) {
    GuestIntake intake;
    EXPECT_TRUE(library.sync());
    auto taken = take_up_answers(library, intake, wall_now(), {});
    EXPECT_TRUE(taken) << taken.error().message;
    return std::move(taken).value_or(TakenUp{});
  }

  static std::size_t comments(LibrarySession& library) {
    return library.index().comments(kClip).value().size();
  }

  ScopedFolder folder_;
  GuestWriter sam_{"Sam"};
  std::unique_ptr<LibrarySession> anna_ = open("anna");
  std::unique_ptr<LibrarySession> ben_ = open("ben");
};

TEST_F(SharesAnswers, ReachEverybodyOnceWhoeverTakesThemUp) {
  answer("Hello");
  EXPECT_EQ(taken_up_words(take_up(*ben_)), "1 comment from Sam (guest)");
  EXPECT_EQ(comments(*ben_), 1U);
  send(*ben_, 1);
  EXPECT_TRUE(take_up(*anna_).is_nothing()) << "it came with Ben's words";
  EXPECT_EQ(comments(*anna_), 1U);
  EXPECT_FALSE(std::filesystem::exists(place() / answers_prefix(kShare) / (sam_.id() + ".000001.json")))
      << "the author's home removes what is stored";
}

TEST_F(SharesAnswers, ALinkThatWasTurnedOffTakesNone) {
  answer("Hello");
  share({.share = kShare}, true);
  EXPECT_TRUE(take_up(*ben_).is_nothing());
  EXPECT_TRUE(shares_with_answers(anna_->index()).value().empty());
}

TEST_F(SharesAnswers, WhatCameBeforeTheEndIsTakenUpFirst) {
  answer("Hello");
  const Share known = anna_->index().share(kShare).value();
  OpenLibrary library{std::move(anna_), nullptr};
  const auto ended = end_share(library, known, {});
  ASSERT_TRUE(ended) << ended.error().message;
  EXPECT_EQ(comments(*library.session), 1U);
  EXPECT_TRUE(library.session->storage().list("shares/", "", {}).value().empty());
}

TEST_F(SharesAnswers, APageThatGoesLeavesItsAnswers) {
  answer("Hello");
  ASSERT_TRUE(remove_page(anna_->storage(), kShare, {}));
  EXPECT_EQ(taken_up_words(take_up(*ben_)), "1 comment from Sam (guest)");
}

TEST_F(SharesAnswers, APageWithoutAFieldTakesNone) {
  answer("Hello");
  share({.share = kShare, .takes_answers = false});
  EXPECT_TRUE(take_up(*ben_).is_nothing());
}

TEST_F(SharesAnswers, TheKeyOfASealedOneIsTheEvents) {
  const SealKeys keys = new_seal_keys();
  share({.share = kShare, .answers_key = to_base64(keys.secret)});
  const auto open = shares_with_answers(anna_->index()).value();
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].secret, keys.secret);
  EXPECT_EQ(open[0].clip, kClip);
}

TEST_F(SharesAnswers, NothingIsLookedForBesideAFileThatWasSent) {
  answer("Hello");
  share({.share = kShare, .form = ShareForm::File});
  EXPECT_TRUE(take_up(*ben_).is_nothing());
  EXPECT_EQ(shares_with_answers(ben_->index()).value().size(), 1U) << "its answers may be pasted";
}

TEST_F(SharesAnswers, PastedOnesFindTheirLibrary) {
  const std::string text = answers_text(to_bytes(sam_.document(
      {.share = kShare, .clip = kClip}, {guest_comment(1, "Hello"), guest_reaction(1, "heart")})));
  OpenLibrary library{std::move(anna_), nullptr};
  const auto taken = paste_answers(text, {&library});
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_EQ(taken_up_words(*taken), "1 comment, 1 reaction from Sam (guest)");
  EXPECT_EQ(comments(*library.session), 1U);
  EXPECT_EQ(refused_words(paste_answers(text, {&library}).value().refused), "1 was here already");
}

using SealedAnswers = test::PageTest;

TEST_F(SealedAnswers, AreReadByMembersAndByNobodyElse) {
  begin(LibraryKind::Sealed);
  ShareTerms terms{.share = kShare};
  add_answers_key(terms);
  ASSERT_TRUE(session().say(ShareEvent{.clip = clip_.id, .terms = terms}));
  std::array<unsigned char, 32> seal_to{};
  std::ranges::copy(from_base64(answers_seal_key(terms)).value(), seal_to.begin());
  GuestWriter sam("Sam");
  const std::string document =
      sam.document({.share = kShare, .clip = clip_.id}, {guest_comment(1, "Between us")});
  const std::filesystem::path object =
      folder_.path() / "library" / answers_prefix(kShare) / (sam.id() + ".000001.json");
  std::filesystem::create_directories(object.parent_path());
  ASSERT_TRUE(write_file_durably(object, sealed_to(seal_to, kShare, document)));
  EXPECT_FALSE(text_of(object).contains("Between us"));
  GuestIntake intake;
  const auto taken = take_up_answers(session(), intake, wall_now(), {});
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_EQ(taken_up_words(*taken), "1 comment from Sam (guest)");
  EXPECT_EQ(session().index().comments(clip_.id).value().size(), 2U);
}

}  // namespace
}  // namespace meanwhile
