// Answers that lie beside a share's page are taken up once, checked, and within a budget.
#include "app/page/guest_intake.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "app/library/index.h"
#include "app/page/guest_notes.h"
#include "app/page/page_keys.h"
#include "app/page/pasted_answers.h"
#include "app/page/share_page.h"
#include "tests/support/counting_storage.h"
#include "tests/support/environment.h"
#include "tests/support/guest_words.h"
#include "tests/support/library_events.h"
#include "upload/memory/memory_storage.h"

namespace meanwhile {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const std::string kClip = id_from("c1");

// A home of the clip's author, or of another member.
class Home {
 public:
  Home(Writer writer, Storage& place) : writer_(std::move(writer)), place_(place) {
    index_ = Index::open(folder_.path() / "index.sqlite", writer_.person).value();
  }

  Result<TakenUp> look(const OpenShare& share, WallTime now) {
    return intake_.look(library(), std::span(&share, 1), now, {});
  }

  IntakeLibrary library() {
    return {.place = place_,
            .index = *index_,
            .folder = folder_.path(),
            .say = [this](const std::vector<EventBody>& bodies) { return say(bodies); },
            .is_all_stored = [this] { return is_stored; }};
  }

  Result<void> say(const std::vector<EventBody>& bodies) {
    if (cannot_say) return fail(ErrorCode::NoSpace, "no room");
    std::vector<Json> events;
    for (const EventBody& body : bodies) events.push_back(writer_.write(body, ++now_));
    hear(writer_.batch(std::move(events)));
    return {};
  }

  void hear(const AuthoredEvents& batch) {
    said.push_back(batch);
    ASSERT_TRUE(index_->apply(std::span(&batch, 1)));
  }

  // The program is started again.
  void restart() { intake_ = GuestIntake(); }

  Index& index() { return *index_; }
  std::size_t comments() { return index_->comments(kClip).value().size(); }
  const std::filesystem::path& folder() const { return folder_.path(); }

  std::vector<AuthoredEvents> said;
  bool is_stored = true;
  bool cannot_say = false;

 private:
  ScopedFolder folder_;
  Writer writer_;
  Storage& place_;
  std::unique_ptr<Index> index_;
  GuestIntake intake_;
  std::int64_t now_ = kStoryBegin;
};

class GuestIntakeTest : public testing::Test {
 protected:
  GuestIntakeTest() {
    const AuthoredEvents clip =
        anna_writer_.batch({anna_writer_.write(published(kClip, "Where we stand"), kStoryBegin)});
    anna_.hear(clip);
    ben_.hear(clip);
  }

  std::string name(const GuestWriter& guest, std::int64_t n) {
    return fmt::format("{}.{:06}.json", guest.id(), n);
  }

  void put(const std::string& object, std::string_view bytes) {
    ASSERT_TRUE(place_->put(answers_prefix(share_.id) + object, as_byte_span(bytes), {}));
  }

  // Answers, as the page does.
  void answer(GuestWriter& guest, const std::string& text) {
    const std::int64_t n = guest.n;
    put(name(guest, n), guest.document(share_place_, {guest_comment(1, text)}));
  }

  std::size_t objects() { return place_->list(answers_prefix(share_.id), "", {}).value().size(); }

  TakenUp look(Home& home) {
    now_ += minutes(2);
    auto taken = home.look(share_, now_);
    EXPECT_TRUE(taken) << taken.error().message;
    return std::move(taken).value_or(TakenUp{});
  }

  std::shared_ptr<CountingStorage> place_ =
      std::make_shared<CountingStorage>(std::make_shared<MemoryStorage>("answers"));
  Writer anna_writer_{"anna"};
  Home anna_{Writer("anna", 2), *place_};
  Home ben_{Writer("ben"), *place_};
  const GuestPlace share_place_{.share = id_from("s1"), .clip = kClip};
  OpenShare share_{.id = share_place_.share, .clip = kClip};
  GuestWriter sam_{"Sam"};
  WallTime now_{std::chrono::milliseconds(kStoryBegin)};
};

TEST_F(GuestIntakeTest, AnswersAreTakenUpOnceAndTold) {
  answer(sam_, "First");
  answer(sam_, "Second");
  EXPECT_EQ(taken_up_words(look(ben_)), "2 comments from Sam (guest)");
  EXPECT_EQ(ben_.comments(), 2U);
  place_->take_counts();
  EXPECT_TRUE(look(ben_).is_nothing());
  const RequestCounts counts = place_->take_counts();
  EXPECT_EQ(counts.lists, 1);
  EXPECT_EQ(counts.total(), 1);
  EXPECT_EQ(ben_.comments(), 2U);
}

TEST_F(GuestIntakeTest, AShareIsLookedAtOnceAMinuteAndOnlyWhileItIsOpen) {
  place_->take_counts();
  ASSERT_TRUE(ben_.look(share_, now_));
  ASSERT_TRUE(ben_.look(share_, now_ + seconds(3)));
  ASSERT_TRUE(ben_.look(share_, now_ + seconds(59)));
  EXPECT_EQ(place_->take_counts().total(), 1);
  ASSERT_TRUE(ben_.look(share_, now_ + seconds(60)));
  EXPECT_EQ(place_->take_counts().total(), 1);
  share_.until = now_ + minutes(10);
  ASSERT_TRUE(ben_.look(share_, now_ + hours(20)));  // for who answered at the end
  EXPECT_EQ(place_->take_counts().total(), 1);
  ASSERT_TRUE(ben_.look(share_, now_ + hours(25)));
  EXPECT_EQ(place_->take_counts().total(), 0);
}

TEST_F(GuestIntakeTest, ForgedTooLargeAndForeignOnesAreDroppedAndCounted) {
  GuestWriter eve("Eve");
  std::string forged = sam_.document(share_place_, {guest_comment(1, "I agree")});
  forged[forged.find("agree")] = 'A';
  put(name(sam_, 1), forged);
  put(name(eve, 1), eve.document({.share = share_.id, .clip = id_from("c2")}, {guest_comment(1, "Hi")}));
  put(name(eve, 2), std::string(20'000, 'x'));
  put("index.html", "<script>");
  put(name(sam_, 7), eve.document(share_place_, {guest_comment(1, "under another's name")}));
  const TakenUp taken = look(ben_);
  EXPECT_TRUE(taken.guests.empty());
  EXPECT_EQ(taken.refused.at(Refused::Forged), 3);
  EXPECT_EQ(taken.refused.at(Refused::Elsewhere), 1);
  EXPECT_EQ(taken.refused.at(Refused::TooLarge), 1);
  EXPECT_EQ(ben_.comments(), 0U);
  EXPECT_EQ(read_guest_notes(ben_.folder()).at(share_.id).refused, taken.refused);
  // Nobody asks for them again, after a start neither.
  ben_.restart();
  place_->take_counts();
  EXPECT_TRUE(look(ben_).is_nothing());
  EXPECT_EQ(place_->take_counts().gets, 0);
}

TEST_F(GuestIntakeTest, WhatLiesInASlotIsTakenUpOnceByEachHomeAndRemovedByItsAuthors) {
  GuestWriter eve("Eve");
  put(new_answer_slot(), sam_.document(share_place_, {guest_comment(1, "In a slot")}));
  put(new_answer_slot(), eve.document(share_place_, {guest_comment(2, "In another")}));
  put("slot-x.json", "no slot");
  const TakenUp taken = look(ben_);
  EXPECT_EQ(taken.guests.size(), 2U);
  EXPECT_EQ(taken.refused.at(Refused::Forged), 1);
  EXPECT_EQ(ben_.comments(), 2U);
  place_->take_counts();
  EXPECT_TRUE(look(ben_).is_nothing());
  EXPECT_EQ(place_->take_counts().gets, 0);

  for (const AuthoredEvents& batch : ben_.said) anna_.hear(batch);
  const TakenUp again = look(anna_);
  EXPECT_TRUE(again.guests.empty());
  EXPECT_EQ(again.refused.count(Refused::Repeated), 0U) << "Ben was first, that is all";
  look(anna_);
  EXPECT_EQ(objects(), 0U);
}

TEST_F(GuestIntakeTest, WhatCouldNotBeSaidOfASlotIsTakenUpLater) {
  put(new_answer_slot(), sam_.document(share_place_, {guest_comment(1, "Kept")}));
  ben_.cannot_say = true;
  now_ += minutes(2);
  EXPECT_FALSE(ben_.look(share_, now_));
  ben_.cannot_say = false;
  EXPECT_EQ(taken_up_words(look(ben_)), "1 comment from Sam (guest)");
}

TEST_F(GuestIntakeTest, WhoWritesUnderAnothersNameKeepsThemFromNothing) {
  put(name(sam_, 1), "{}");
  look(ben_);
  answer(sam_, "Me");
  EXPECT_EQ(taken_up_words(look(ben_)), "1 comment from Sam (guest)");
}

TEST_F(GuestIntakeTest, MoreThanADayBringsIsDropped) {
  constexpr int kSpam = kMostAnswersADay + 30;
  for (int i = 0; i < kSpam; ++i) answer(sam_, "Buy my things");
  const TakenUp taken = look(ben_);
  EXPECT_EQ(taken.guests.at(sam_.id()).counts.comments, kMostAnswersADay);
  EXPECT_EQ(taken.refused.at(Refused::Flood), kSpam - kMostAnswersADay);
  ben_.restart();
  now_ += hours(1);
  answer(sam_, "More of them");
  EXPECT_EQ(look(ben_).refused.at(Refused::Flood), 1);
  now_ += hours(24);
  answer(sam_, "Tomorrow");
  EXPECT_EQ(taken_up_words(look(ben_)), "1 comment from Sam (guest)");
}

TEST_F(GuestIntakeTest, ADaysBytesHaveAnEndToo) {
  const std::string long_text(9'900, 'a');
  for (int i = 0; i < 120; ++i) answer(sam_, long_text);
  const TakenUp taken = look(ben_);
  EXPECT_GT(taken.refused.at(Refused::Flood), 0);
  EXPECT_LE(taken.guests.at(sam_.id()).counts.comments, 106);
  EXPECT_LE(read_guest_notes(ben_.folder()).at(share_.id).bytes, kMostAnswerBytesADay);
}

TEST_F(GuestIntakeTest, OnlyTheAuthorsHomeRemovesAndOnlyWhatIsStored) {
  answer(sam_, "First");
  put("index.html", "<script>");
  anna_.is_stored = false;
  look(ben_);
  look(ben_);
  look(anna_);
  look(anna_);
  EXPECT_EQ(objects(), 2U);
  anna_.is_stored = true;
  look(anna_);
  EXPECT_EQ(objects(), 0U);
  EXPECT_EQ(anna_.comments(), 1U);
  EXPECT_TRUE(read_guest_notes(anna_.folder()).at(share_.id).settled.size() <= 1);
  look(anna_);
  EXPECT_TRUE(read_guest_notes(anna_.folder()).at(share_.id).settled.empty());
}

TEST_F(GuestIntakeTest, ThoseOfANewerPageAreLeftWhereTheyAreAndReadAfterAnUpdate) {
  put(name(sam_, 1), sam_.document_with(share_place_, {guest_comment(1, "Hi")}, {{"format", 2}}));
  EXPECT_EQ(look(anna_).refused.at(Refused::Newer), 1);
  place_->take_counts();
  EXPECT_TRUE(look(anna_).is_nothing());
  EXPECT_EQ(place_->take_counts().gets, 0);
  EXPECT_EQ(objects(), 1U);
  anna_.restart();
  EXPECT_EQ(look(anna_).refused.at(Refused::Newer), 1);
}

TEST_F(GuestIntakeTest, PartsThatAreNotUnderstoodAskForNothingAgain) {
  put(name(sam_, 1), sam_.document(share_place_, {{{"type", "sing"}}, guest_comment(1, "Hi")}));
  EXPECT_EQ(taken_up_words(look(ben_)), "1 comment from Sam (guest)");
  place_->take_counts();
  EXPECT_TRUE(look(ben_).is_nothing());
  EXPECT_EQ(place_->take_counts().gets, 0);
}

TEST_F(GuestIntakeTest, TakenUpByTwoMembersAtOnceTheyCountOnce) {
  answer(sam_, "First");
  answer(sam_, "Second");
  look(anna_);
  look(ben_);
  const auto from_anna = anna_.said;
  const auto from_ben = ben_.said;
  for (const AuthoredEvents& batch : from_ben) anna_.hear(batch);
  for (const AuthoredEvents& batch : from_anna) ben_.hear(batch);
  EXPECT_EQ(anna_.comments(), 2U);
  EXPECT_EQ(ben_.comments(), 2U);
}

TEST_F(GuestIntakeTest, WhatCantBeSaidNowIsTakenUpTheNextTime) {
  answer(sam_, "First");
  ben_.cannot_say = true;
  EXPECT_EQ(ben_.look(share_, now_).error().code, ErrorCode::NoSpace);
  ben_.cannot_say = false;
  EXPECT_EQ(taken_up_words(look(ben_)), "1 comment from Sam (guest)");
}

TEST_F(GuestIntakeTest, SealedOnesAreOpened) {
  const SealKeys keys = new_seal_keys();
  share_.secret = keys.secret;
  const std::string document = sam_.document(share_place_, {guest_comment(1, "Between us")});
  put(name(sam_, 1), as_text(sealed_to(keys.open, share_.id, document)));
  EXPECT_EQ(taken_up_words(look(ben_)), "1 comment from Sam (guest)");
  answer(sam_, "in the open");
  EXPECT_EQ(look(ben_).refused.at(Refused::Forged), 1);
}

TEST_F(GuestIntakeTest, ADamagedNoteIsNone) {
  std::ofstream(ben_.folder() / "guest_answers.json") << "{\"shares\":[";
  answer(sam_, "First");
  EXPECT_EQ(taken_up_words(look(ben_)), "1 comment from Sam (guest)");
}

// Pasted.

class PastedAnswersTest : public GuestIntakeTest {
 protected:
  std::vector<AnswersLibrary> libraries() {
    std::vector<AnswersLibrary> all;
    all.push_back({.index = ben_.index(), .shares = {share_}, .say = ben_.library().say});
    return all;
  }

  std::string line(const std::string& text) {
    return answers_text(to_bytes(sam_.document(share_place_, {guest_comment(1, text)})));
  }
};

TEST_F(PastedAnswersTest, AreTakenUpOnce) {
  const std::string text = line("First") + " " + line("Second");
  const auto taken = take_pasted_answers("Sam wrote:\n> " + text, libraries());
  ASSERT_TRUE(taken) << taken.error().message;
  EXPECT_EQ(taken_up_words(*taken), "2 comments from Sam (guest)");
  EXPECT_EQ(ben_.comments(), 2U);
  const auto again = take_pasted_answers(text + " " + line("Third"), libraries());
  EXPECT_EQ(taken_up_words(again.value()), "1 comment from Sam (guest)");
  EXPECT_EQ(refused_words(again.value().refused), "2 were here already");
  const std::string twice = line("Fourth");
  EXPECT_EQ(
      take_pasted_answers(twice + " " + twice, libraries()).value().guests.at(sam_.id()).counts.comments, 1);
}

TEST_F(PastedAnswersTest, OfALinkThatTakesNoneOrOfAnotherLibraryTheyAreRefused) {
  const std::string text = line("First");
  std::vector<AnswersLibrary> without = libraries();
  without[0].shares.clear();
  EXPECT_EQ(take_pasted_answers(text, without).value().refused.at(Refused::Ended), 1);
  EXPECT_EQ(take_pasted_answers(text, {}).value().refused.at(Refused::Ended), 1);
  EXPECT_EQ(ben_.comments(), 0U);
}

TEST_F(PastedAnswersTest, SealedOnesFindTheirShare) {
  const SealKeys keys = new_seal_keys();
  share_.secret = keys.secret;
  const std::string document = sam_.document(share_place_, {guest_comment(1, "Between us")});
  const std::string text = answers_text(sealed_to(keys.open, share_.id, document));
  EXPECT_EQ(take_pasted_answers(text, {}).value().refused.at(Refused::Forged), 1);
  EXPECT_EQ(taken_up_words(take_pasted_answers(text + " see you", libraries()).value()),
            "1 comment from Sam (guest)");
}

TEST_F(PastedAnswersTest, ATextWithoutAnyIsSaidToBeNone) {
  EXPECT_EQ(take_pasted_answers("Hello", libraries()).error().code, ErrorCode::InvalidArgument);
}

}  // namespace
}  // namespace meanwhile
