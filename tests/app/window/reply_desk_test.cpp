// An answer that is recorded in place: into the clip's library, and onto its moment.
#include "app/window/reply_desk.h"

#include <gtest/gtest.h>

#include "tests/app/window/desk_story.h"
#include "tests/support/scripted_window.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

class ReplyDeskTest : public testing::Test {
 protected:
  ReplyDeskTest() {
    Settings& settings = rig_.application->settings();
    settings.screen = settings.camera = settings.microphone = "none";
    rig_.state.page = PageId::Watch;
    rig_.state.watch.clip = {.id = clip_, .title = "Budget"};
    rig_.state.watch.player.position = seconds(7);
    answers_.open(rig_.open_library());
  }
  AnswerState& shown() { return rig_.state.watch.answers; }
  std::vector<Thread> comments() { return rig_.library().index().comments(clip_).value(); }
  static AnswerDesk::Hooks hooks() {
    AnswerDesk::Hooks hooks;
    hooks.pause = [] {};
    hooks.on_said = [] {};
    hooks.poster = [](const OpenLibrary&, const std::string&) { return nullptr; };
    return hooks;
  }

  DeskStory rig_;
  ScriptedWindow window_;
  std::string clip_ = rig_.ben_publishes("budget", "Budget");
  AnswerDesk answers_{rig_.desk, hooks()};
  RecordDesk record_{rig_.desk, window_, [](const TakeSummary&) {}};
  ReplyDesk reply_{rig_.desk, record_, answers_, [] { return nullptr; }, [] {}};
};

TEST_F(ReplyDeskTest, ATakeThatIsNoAnswerIsLeftAlone) {
  const Take take = rig_.take("An update");
  EXPECT_FALSE(reply_.take_over({.clip = take.clip, .folder = take.folder}));
}

TEST_F(ReplyDeskTest, AnAnswerGoesToTheClipsLibraryAndOntoItsMoment) {
  const Take take = rig_.take("");
  shown().recording = ReplyKind::Camera;
  ASSERT_TRUE(reply_.take_over({.clip = take.clip, .folder = take.folder}));
  EXPECT_TRUE(shown().review);
  EXPECT_FALSE(shown().is_sending_recording);
  reply_.send();
  EXPECT_TRUE(shown().is_sending_recording);
  ASSERT_TRUE(rig_.comes_true([&] { return !shown().recording; }));
  EXPECT_FALSE(shown().is_sending_recording);
  EXPECT_EQ(rig_.stored(take.clip)->title, "Re: Budget");
  ASSERT_EQ(comments().size(), 1U);
  EXPECT_EQ(comments()[0].comment.at, seconds(7));
  EXPECT_EQ(comments()[0].comment.media, take.clip);
}

TEST_F(ReplyDeskTest, WhatCannotBeSentIsSaidAndStaysATake) {
  shown().recording = ReplyKind::Camera;
  ASSERT_TRUE(
      reply_.take_over({.clip = id_from("gone"), .folder = rig_.application->home().takes() / "gone"}));
  reply_.send();
  ASSERT_TRUE(rig_.comes_true([&] { return !shown().recording; }));
  EXPECT_TRUE(rig_.notice("The recorded answer could not be sent"));
  EXPECT_TRUE(comments().empty());
}

TEST_F(ReplyDeskTest, WhatWasRecordedCanBeHeardAndThrownAwayBeforeItGoes) {
  const Take take = rig_.take("");
  shown().recording = ReplyKind::Voice;
  ASSERT_TRUE(reply_.take_over({.clip = take.clip, .folder = take.folder, .duration = take.duration}));
  reply_.play_pause();
  reply_.update();
  EXPECT_TRUE(shown().review);
  reply_.cancel();
  EXPECT_FALSE(shown().review);
  EXPECT_FALSE(shown().recording);
  EXPECT_FALSE(rig_.application->take(take.clip));
  EXPECT_TRUE(comments().empty());
}

TEST_F(ReplyDeskTest, WhatWasRecordedAndNotSentIsADraftOnceThePageIsLeft) {
  const Take take = rig_.take("");
  shown().recording = ReplyKind::Voice;
  ASSERT_TRUE(reply_.take_over({.clip = take.clip, .folder = take.folder}));
  reply_.leave();
  EXPECT_TRUE(rig_.application->take(take.clip));
  EXPECT_TRUE(rig_.notice("Your recorded answer was not sent"));
}

TEST_F(ReplyDeskTest, OneAtATimeUntilItIsCancelled) {
  reply_.begin(ReplyKind::Voice);
  EXPECT_EQ(shown().recording, ReplyKind::Voice);
  reply_.begin(ReplyKind::Camera);
  EXPECT_EQ(shown().recording, ReplyKind::Voice);
  reply_.cancel();
  EXPECT_FALSE(shown().recording);
}

TEST_F(ReplyDeskTest, WhatIsBeingSentCannotBeCancelled) {
  shown().recording = ReplyKind::Voice;
  shown().is_sending_recording = true;
  reply_.cancel();
  EXPECT_TRUE(shown().recording);
}

TEST_F(ReplyDeskTest, WhileTheScreenIsRecordedTheStripIsShown) {
  shown().recording = ReplyKind::Screen;
  rig_.state.record.phase = RecordPhase::Recording;
  rig_.state.record.is_strip = true;
  reply_.update();
  EXPECT_EQ(rig_.state.page, PageId::Record);
  rig_.state.record.phase = RecordPhase::Finishing;
  rig_.state.record.is_strip = false;
  reply_.update();
  EXPECT_EQ(rig_.state.page, PageId::Watch);
  rig_.state.record.phase = RecordPhase::Opening;
}

}  // namespace
}  // namespace meanwhile
