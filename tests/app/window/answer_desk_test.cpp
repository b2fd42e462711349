// What people say on the Watch page: drafts, comments, asks, reactions.
#include "app/window/answer_desk.h"

#include <gtest/gtest.h>

#include "app/library/drafts.h"
#include "app/library/guest_document.h"
#include "tests/app/window/desk_story.h"
#include "tests/support/guest_words.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class AnswerDeskTest : public testing::Test {
 protected:
  AnswerDeskTest() { open(clip_); }
  void open(const std::string& clip) {
    rig_.state.watch.clip = {.id = clip, .is_mine = clip == mine_};
    rig_.state.watch.player.position = seconds(7);
    answers_.open(rig_.open_library());
  }
  void play_to(MediaTime moment) {
    rig_.state.watch.player.is_playing = true;
    rig_.state.watch.player.position = moment;
    answers_.update();
  }
  const WatchState& shown() const { return rig_.state.watch; }
  AnswerDesk::Hooks hooks() {
    AnswerDesk::Hooks hooks;
    hooks.play = [this] { ++plays_; };
    hooks.pause = [this] { ++pauses_; };
    hooks.on_said = [this] { ++said_; };
    hooks.begin_recording = [this](ReplyKind kind) { recording_ = kind; };
    return hooks;
  }

  DeskStory rig_;
  const std::string me_ = rig_.library().identity().person();
  std::string clip_ = rig_.ben_publishes("budget", "Budget");
  std::string mine_ = rig_.i_publish("mine", "Mine");
  int plays_ = 0;
  int pauses_ = 0;
  int said_ = 0;
  std::optional<ReplyKind> recording_;
  AnswerDesk answers_{rig_.desk, hooks()};
};

TEST_F(AnswerDeskTest, ADraftBecomesACommentAtItsMoment) {
  answers_.edit_draft("Why this much?");
  rig_.state.watch.player.position = seconds(30);
  answers_.send_draft();
  ASSERT_EQ(shown().comments.size(), 1U);
  EXPECT_EQ(shown().comments[0].text, "Why this much?");
  EXPECT_EQ(shown().comments[0].at, seconds(7)) << "where it was begun";
  EXPECT_EQ(shown().draft.text, "");
  EXPECT_EQ(said_, 1);
}

TEST_F(AnswerDeskTest, ADraftIsKeptWhenTheHandRestsAndTakenUpAgain) {
  answers_.edit_draft("Half a thou");
  answers_.update();
  const DraftStore store(drafts_folder(rig_.library().folder()));
  EXPECT_FALSE(store.load(clip_));
  rig_.clock.advance(seconds(1));
  answers_.update();
  ASSERT_TRUE(store.load(clip_));
  answers_.close();
  rig_.state.watch = {};
  open(clip_);
  EXPECT_EQ(shown().draft.text, "Half a thou");
  EXPECT_EQ(shown().draft.at, seconds(7));
}

TEST_F(AnswerDeskTest, TypingPausesWhereThatIsWished) {
  answers_.edit_draft("a");
  EXPECT_EQ(pauses_, 1);
  answers_.cancel_draft();
  rig_.application->settings().pause_when_writing = false;
  answers_.edit_draft("b");
  EXPECT_EQ(pauses_, 1);
}

TEST_F(AnswerDeskTest, PlayingStopsOnceAtAQuestionThatWaits) {
  const EventId ask = rig_.ben_says(AskEvent{
      .clip = clip_, .at = seconds(10), .kind = AskKind::Decision, .text = "Do we ship?", .people = {me_}});
  answers_.refresh();
  play_to(milliseconds(9500));
  EXPECT_EQ(pauses_, 0);
  play_to(milliseconds(10'100));
  EXPECT_EQ(pauses_, 1);
  EXPECT_EQ(shown().answers.asking, to_text(ask));
  answers_.pass_ask();
  EXPECT_EQ(plays_, 1);
  play_to(milliseconds(9500));
  play_to(milliseconds(10'100));
  EXPECT_EQ(pauses_, 1) << "it was passed over once";
}

TEST_F(AnswerDeskTest, ASeekOverAQuestionStopsNowhere) {
  rig_.ben_says(AskEvent{
      .clip = clip_, .at = seconds(10), .kind = AskKind::Decision, .text = "Do we ship?", .people = {me_}});
  answers_.refresh();
  play_to(seconds(1));
  play_to(seconds(40));
  EXPECT_EQ(pauses_, 0);
}

TEST_F(AnswerDeskTest, AnAcknowledgedQuestionWaitsNoMore) {
  const EventId ask = rig_.ben_says(AskEvent{
      .clip = clip_, .at = seconds(10), .kind = AskKind::Know, .text = "We ship on Monday", .people = {me_}});
  answers_.refresh();
  ASSERT_TRUE(shown().comments.at(0).ask && shown().comments[0].ask->waits_for_me);
  answers_.acknowledge(to_text(ask));
  EXPECT_FALSE(shown().comments.at(0).ask->waits_for_me);
  EXPECT_EQ(shown().comments[0].replies.size(), 1U);
}

TEST_F(AnswerDeskTest, AReactionOnceMoreTakesItBack) {
  answers_.react("heart");
  ASSERT_EQ(shown().answers.reactions.size(), 1U);
  answers_.react("rocket");
  ASSERT_EQ(shown().answers.reactions.size(), 1U) << "another one at the same moment takes its place";
  EXPECT_EQ(shown().answers.reactions[0].name, "rocket");
  answers_.react("rocket");
  EXPECT_TRUE(shown().answers.reactions.empty());
}

TEST_F(AnswerDeskTest, OnesOwnCommentIsChangedAndNobodyElses) {
  answers_.edit_draft("Tow years");
  answers_.send_draft();
  answers_.begin_edit(shown().comments.at(0).id);
  answers_.change_edit("Two years");
  answers_.send_edit();
  EXPECT_EQ(shown().comments.at(0).text, "Two years");
  EXPECT_TRUE(shown().comments[0].is_edited);
  EXPECT_FALSE(shown().answers.edit);
  const EventId bens = rig_.ben_says(CommentEvent{clip_, seconds(1), std::nullopt, "Mine"});
  answers_.refresh();
  answers_.begin_edit(to_text(bens));
  EXPECT_FALSE(shown().answers.edit);
}

TEST_F(AnswerDeskTest, OnlyWhoMadeTheClipAsks) {
  answers_.set_asking(true);
  EXPECT_FALSE(shown().draft.ask);
  open(mine_);
  answers_.set_asking(true);
  ASSERT_TRUE(shown().draft.ask);
  EXPECT_FALSE(shown().answers.deadline.choices.empty());
}

TEST_F(AnswerDeskTest, ARecordedAnswerHasItsMomentFromTheBeginning) {
  answers_.begin_recorded_reply(ReplyKind::Voice);
  EXPECT_EQ(recording_, ReplyKind::Voice);
  rig_.state.watch.player.position = seconds(50);
  const auto event = answers_.recorded_answer("reply");
  ASSERT_TRUE(event);
  const auto& comment = std::get<CommentEvent>(*event);
  EXPECT_EQ(comment.at, seconds(7));
  EXPECT_EQ(comment.with.media, "reply");
}

TEST_F(AnswerDeskTest, AGuestIsKnownByOnePressAndUnknownByUndo) {
  GuestWriter sam("Sam");
  rig_.ben_says(
      guest_event(sam.document({.share = id_from("s1"), .clip = clip_}, {guest_comment(1, "Hi")})).value());
  answers_.refresh();
  const PersonView guest = shown().comments.at(0).author;
  EXPECT_TRUE(guest.is_guest);
  EXPECT_EQ(guest.name, "Sam (guest)");
  answers_.know_guest(guest, true);
  EXPECT_EQ(shown().comments.at(0).author.name, "Sam (guest, known)");
  EXPECT_NE(shown().comments.at(0).author.known_by, "");
  ASSERT_EQ(rig_.state.notices.size(), 1U);
  EXPECT_EQ(rig_.state.notices[0].action, "Undo");
  rig_.notices.run_action(rig_.state.notices[0].id);
  EXPECT_EQ(shown().comments.at(0).author.name, "Sam (guest)");
  EXPECT_EQ(shown().comments.at(0).author.known_by, "");
}

TEST_F(AnswerDeskTest, AGuestsCommentCanBeDeleted) {
  GuestWriter sam("Sam");
  rig_.ben_says(
      guest_event(sam.document({.share = id_from("s1"), .clip = clip_}, {guest_comment(1, "Spam")})).value());
  answers_.refresh();
  answers_.delete_comment(shown().comments.at(0).id);
  EXPECT_TRUE(shown().comments.empty());
}

}  // namespace
}  // namespace meanwhile
