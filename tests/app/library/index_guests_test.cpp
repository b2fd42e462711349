// Guests in the index: their words are comments, replies and reactions, and they are never taken for members.
#include <gtest/gtest.h>

#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "app/library/comment_export.h"
#include "app/library/events.h"
#include "app/library/guest_document.h"
#include "app/library/index.h"
#include "tests/app/library/index_fixture.h"
#include "tests/app/library/index_state.h"
#include "tests/support/guest_words.h"
#include "tests/support/library_events.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

class IndexGuests : public IndexTest {
 protected:
  IndexGuests() { say(anna_, published(clip_, "Where we stand")); }

  // By this member.
  void carry(Writer& member, const std::string& document) { say(member, guest_event(document).value()); }

  std::string said(const std::vector<Json>& events) { return sam_.document(place_, events); }

  std::string hash() { return state_hash(folder_.path() / "index.sqlite"); }

  const GuestPlace place_{.share = id_from("s1"), .clip = clip_};
  GuestWriter sam_{"Sam"};
};

TEST_F(IndexGuests, WordsAreCommentsRepliesAndReactionsOfAGuest) {
  const EventId question = say(anna_, CommentEvent{.clip = clip_, .at = seconds(1), .to = {}, .text = "So?"});
  carry(anna_, said({guest_comment(2'000'000, "Here"), guest_reply(to_text(question), "Yes"),
                     guest_reaction(3'000'000, "heart")}));
  const auto all = threads();
  ASSERT_EQ(all.size(), 2U);
  ASSERT_EQ(all[0].replies.size(), 1U);
  for (const Comment& comment : {all[0].replies[0], all[1].comment}) {
    EXPECT_TRUE(comment.is_guest);
    EXPECT_FALSE(comment.is_mine);
    EXPECT_TRUE(comment.is_new);
    EXPECT_EQ(comment.author, sam_.id());
    EXPECT_EQ(comment.author_name, "Sam (guest)");
  }
  EXPECT_EQ(all[1].comment.id, sam_.id() + ".1");
  EXPECT_FALSE(all[0].comment.is_guest);
  const auto reactions = index_->reactions(clip_).value();
  ASSERT_EQ(reactions.size(), 1U);
  EXPECT_TRUE(reactions[0].is_guest);
  EXPECT_EQ(reactions[0].person_name, "Sam (guest)");
  EXPECT_EQ(index_->clip(clip_).value().answers, 2);
}

TEST_F(IndexGuests, AGuestIsListedButIsNobodyOfTheLibrary) {
  carry(ben_, said({guest_comment(1, "Hi"), guest_comment(2, "there")}));
  const auto people = index_->people().value();
  for (const Person& person : people) EXPECT_NE(person.id, sam_.id());
  const auto guests = index_->guests().value();
  ASSERT_EQ(guests.size(), 1U);
  EXPECT_EQ(guests[0].id, sam_.id());
  EXPECT_EQ(guests[0].name, "Sam (guest)");
  EXPECT_EQ(guests[0].said_name, "Sam");
  EXPECT_EQ(guests[0].words, 2);
  EXPECT_EQ(guests[0].known_by, "");
  EXPECT_TRUE(index_->search("sam", 10).value().empty());
  EXPECT_EQ(index_->search("there", 10).value().at(0).person_name, "Sam (guest)");
  EXPECT_TRUE(index_->has_guest_word({sam_.id(), 2}).value());
  EXPECT_FALSE(index_->has_guest_word({sam_.id(), 3}).value());
}

TEST_F(IndexGuests, CarriedByTwoMembersTheyCountOnceAndTheFirstDecides) {
  const std::string document = said({guest_comment(1, "Hi"), guest_reaction(1, "heart")});
  const Json first = ben_.write(guest_event(document).value(), kStoryBegin + 500);
  const Json second = anna_.write(guest_event(document).value(), kStoryBegin + 9'000);
  apply(anna_, second);
  apply(ben_, first);
  ASSERT_EQ(threads().size(), 1U);
  EXPECT_EQ(index_->reactions(clip_).value().size(), 1U);
  EXPECT_EQ(index_->guests().value().at(0).since, WallTime(std::chrono::milliseconds(kStoryBegin + 500)));
  EXPECT_EQ(index_->guests().value().at(0).words, 2);
}

TEST_F(IndexGuests, TheGuestsClockIsShownButNeverLaterThanWhenItWasTakenUp) {
  const auto carried = WallTime(std::chrono::milliseconds(kStoryBegin + 60'000));
  sam_.at = format_rfc3339(carried - seconds(40));
  apply(ben_,
        ben_.write(guest_event(said({guest_comment(1, "a minute ago")})).value(), kStoryBegin + 60'000));
  EXPECT_EQ(first_comment().created, carried - seconds(40));
  sam_.at = "2099-01-01T00:00:00.000Z";
  apply(ben_,
        ben_.write(guest_event(said({guest_comment(0, "from far ahead")})).value(), kStoryBegin + 60'001));
  EXPECT_EQ(first_comment().created, carried + std::chrono::milliseconds(1));
}

TEST_F(IndexGuests, AForgedDocumentIsKeptAndPassedOver) {
  Json event = to_json(guest_event(said({guest_comment(1, "I agree")})).value()).value();
  std::string document = event["document"].get<std::string>();
  document.replace(document.find("agree"), 5, "don't");
  event["document"] = document;
  EXPECT_EQ(apply(ben_, ben_.raw(event, kStoryBegin + 5)).unknown, 1);
  EXPECT_TRUE(threads().empty());
  EXPECT_TRUE(index_->guests().value().empty());
}

TEST_F(IndexGuests, WhoHasTheLinkToOneUpdateSaysNothingAboutAnother) {
  const std::string other = id_from("c2");
  say(anna_, published(other, "Another"));
  const EventId there = say(anna_, CommentEvent{.clip = other, .at = {}, .to = {}, .text = "Secret"});
  carry(ben_, said({guest_reply(to_text(there), "I heard that")}));
  // Also where the reply came before what it answers.
  carry(ben_, said({guest_reply(anna_.device + ".9", "And that")}));
  while (anna_.last().n < 8) say(anna_, ReactEvent{other, {}, "heart"});
  const EventId later = say(anna_, CommentEvent{.clip = other, .at = {}, .to = {}, .text = "More"});
  ASSERT_EQ(later.n, 9);
  // What hangs below such a reply hangs nowhere either.
  say(ben_, ReplyEvent{.to = {sam_.id(), 2}, .text = "Below it"});
  const auto of_other = index_->comments(other).value();
  for (const Thread& thread : of_other) EXPECT_TRUE(thread.replies.empty());
  EXPECT_TRUE(threads().empty());
}

TEST_F(IndexGuests, AGuestChangesNoWordsOfOthers) {
  const EventId mine = say(anna_, CommentEvent{.clip = clip_, .at = {}, .to = {}, .text = "As I said"});
  carry(ben_, said({{{"type", "edit"}, {"comment", to_text(mine)}, {"text", "no"}},
                    {{"type", "delete"}, {"comment", to_text(mine)}},
                    {{"type", "resolve"}, {"comment", to_text(mine)}, {"resolved", true}},
                    {{"type", "delete"}, {"clip", clip_}},
                    {{"type", "guest_known"}, {"guest", sam_.id()}}}));
  EXPECT_EQ(first_comment().text, "As I said");
  EXPECT_FALSE(first_comment().is_resolved);
  EXPECT_EQ(index_->guests().value().at(0).known_by, "");
}

TEST_F(IndexGuests, MembersAnswerResolveAndRemoveAGuestsWordsButDontChangeThem) {
  carry(ben_, said({guest_comment(1, "Buy my things"), guest_comment(2, "A question")}));
  const EventId spam{sam_.id(), 1};
  const EventId question{sam_.id(), 2};
  say(ben_, ReplyEvent{.to = question, .text = "An answer"});
  say(ben_, ResolveEvent{question});
  say(ben_, EditEvent{.comment = question, .text = "Something else"});
  say(ben_, DeleteCommentEvent{spam});
  const auto all = threads();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].comment.text, "A question");
  EXPECT_TRUE(all[0].comment.is_resolved);
  EXPECT_EQ(all[0].replies.at(0).text, "An answer");
}

TEST_F(IndexGuests, NobodyIsAGuestUnderTheIdOfADeviceOrPerson) {
  // The device is heard of before, and after.
  for (const bool before : {true, false}) {
    GuestWriter guest("Carl");
    Writer carl("carl");
    (before ? carl.device : carl.person) = guest.id();
    const std::string document = guest.document(place_, {guest_comment(1, "Hi"), guest_reaction(1, "heart")});
    if (before) say(carl, ProfileEvent{.name = "Carl"});
    carry(ben_, document);
    if (!before) {
      EXPECT_EQ(threads().size(), 1U);
      say(ben_, ReplyEvent{.to = {guest.id(), 1}, .text = "Hello"});
      say(carl, ProfileEvent{.name = "Carl"});
    }
    EXPECT_TRUE(threads().empty());
    EXPECT_TRUE(index_->reactions(clip_).value().empty());
    EXPECT_TRUE(index_->guests().value().empty());
    EXPECT_TRUE(index_->search("hi", 10).value().empty());
  }
}

TEST_F(IndexGuests, AMemberKeepsTheirNameWhoeverHadItFirst) {
  GuestWriter imitator("Carla");
  carry(ben_, imitator.document(place_, {guest_comment(1, "It's me")}));
  EXPECT_EQ(first_comment().author_name, "Carla (guest)");
  Writer carla("carla");
  say(carla, ProfileEvent{.name = "Carla"});
  EXPECT_EQ(first_comment().author_name, "Carla · 2nd (" + imitator.id().substr(0, 4) + ") (guest)");
  EXPECT_EQ(index_->people().value().at(2).name, "Carla");
  // Nor does a member look like a guest by a name with a guest's mark.
  say(carla, ProfileEvent{.name = "Carla (guest)"});
  EXPECT_EQ(first_comment().author_name, "Carla · 2nd (" + imitator.id().substr(0, 4) + ") (guest)");
}

TEST_F(IndexGuests, TheNameOfTheLastDocumentCountsWhoeverCarriesAnOldOneAgain) {
  const std::string old = said({guest_comment(1, "Hi")});
  sam_.name = "Samuel";
  carry(ben_, said({guest_comment(2, "there")}));
  carry(anna_, old);
  EXPECT_EQ(index_->guests().value().at(0).name, "Samuel (guest)");
}

TEST_F(IndexGuests, AMemberVouchesForAGuestAndTakesItBack) {
  carry(ben_, said({guest_comment(1, "Hi")}));
  say(ben_, ProfileEvent{.name = "Ben Okafor"});
  say(ben_, GuestKnownEvent{.guest = sam_.id(), .name = "Sam of Acme"});
  EXPECT_EQ(first_comment().author_name, "Sam of Acme (guest, known)");
  EXPECT_EQ(first_comment().known_by, "Ben Okafor");
  EXPECT_EQ(index_->guests().value().at(0).known_by, "Ben Okafor");
  say(anna_, GuestKnownEvent{.guest = sam_.id()});
  EXPECT_EQ(first_comment().author_name, "Sam (guest, known)");
  say(anna_, GuestKnownEvent{.guest = sam_.id(), .known = false});
  EXPECT_EQ(first_comment().author_name, "Sam (guest)");
  EXPECT_EQ(first_comment().known_by, "");
}

TEST_F(IndexGuests, ExportsSayWhoIsAGuest) {
  carry(ben_, said({guest_comment(1, "Hi")}));
  const Clip clip = index_->clip(clip_).value();
  for (const char* format : {"md", "csv", "json", "vtt", "fcpxml", "edl", "otio", "ffmetadata"}) {
    const auto text = export_comments_of(*index_, clip, parse_comment_format(format).value(), "UTC").value();
    EXPECT_TRUE(text.contains("Sam (guest)") || text.contains("Sam \\(guest\\)")) << format << text;
  }
  const auto json =
      parse_json(export_comments_of(*index_, clip, CommentFormat::Document, "UTC").value()).value();
  EXPECT_EQ(json["comments"][0]["guest"], true);
}

TEST_F(IndexGuests, AnIndexThatIsBuiltAnewIsTheSame) {
  carry(ben_, said({guest_comment(1, "Hi"), guest_reaction(1, "heart")}));
  say(ben_, ReplyEvent{.to = {sam_.id(), 1}, .text = "Hello"});
  say(ben_, GuestKnownEvent{.guest = sam_.id()});
  const std::string before = hash();
  ASSERT_TRUE(before == hash());
  open();
  EXPECT_EQ(hash(), before);
}

}  // namespace
}  // namespace meanwhile
