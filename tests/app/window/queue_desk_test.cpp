// Clips one after the other, and what holds the next one back.
#include "app/window/queue_desk.h"

#include <gtest/gtest.h>

#include "tests/support/desk_rig.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

class QueueDeskTest : public testing::Test {
 protected:
  QueueDeskTest() {
    rig_.state.page = PageId::Watch;
    queue_.start({"a", "b"});
  }
  void wait(seconds time) {
    queue_.update();
    rig_.clock.advance(time);
    queue_.update();
  }
  using Ids = std::vector<std::string>;

  DeskRig rig_;
  Ids opened_;
  QueueDesk queue_{rig_.desk, [this](const std::string& clip) {
                     opened_.push_back(clip);
                     rig_.state.watch = {};
                     return true;
                   }};
};

TEST_F(QueueDeskTest, TheNextOneOpensAMomentAfterTheEnd) {
  wait(seconds(60));
  EXPECT_EQ(opened_, Ids{"a"});
  rig_.state.watch.player.is_ended = true;
  wait(seconds(3));
  EXPECT_EQ(opened_, Ids{"a"});
  EXPECT_EQ(rig_.state.watch.queue.countdown, 1);
  wait(seconds(1));
  EXPECT_EQ(opened_, (Ids{"a", "b"}));
}

TEST_F(QueueDeskTest, OneThatCannotBePlayedIsOver) {
  rig_.state.watch.load = LoadState::Failed;
  wait(seconds(4));
  EXPECT_EQ(opened_, (Ids{"a", "b"}));
}

TEST_F(QueueDeskTest, WhoAnswersIsNotInterruptedAndHasTheWholeCountdownAfterwards) {
  rig_.state.watch.player.is_ended = true;
  wait(seconds(3));
  rig_.state.watch.draft.text = "But";
  wait(seconds(60));
  EXPECT_EQ(opened_, Ids{"a"});
  rig_.state.watch.draft = {};
  wait(seconds(3));
  EXPECT_EQ(opened_, Ids{"a"});
  wait(seconds(1));
  EXPECT_EQ(opened_, (Ids{"a", "b"}));
}

TEST_F(QueueDeskTest, RecordingDrawingEditingAndWatchingAnAnswerHoldIt) {
  rig_.state.watch.player.is_ended = true;
  AnswerState& answers = rig_.state.watch.answers;
  const AnswerState nothing = answers;
  const auto holds = [&](auto change) {
    answers = nothing;
    change();
    wait(seconds(60));
    return opened_ == Ids{"a"};
  };
  EXPECT_TRUE(holds([&] { answers.recording = ReplyKind{}; }));
  EXPECT_TRUE(holds([&] { answers.is_drawing = true; }));
  EXPECT_TRUE(holds([&] { answers.edit = CommentEdit{}; }));
  EXPECT_TRUE(holds([&] { answers.back_to = "Budget, 1:23"; }));
}

}  // namespace
}  // namespace meanwhile
