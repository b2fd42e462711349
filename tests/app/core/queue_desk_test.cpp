// Clips one after the other, and what holds the next one back.
#include "app/window/queue_desk.h"

#include <gtest/gtest.h>

#include "tests/support/environment.h"
#include "tests/support/play_rig.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

class QueueDeskTest : public testing::Test {
 protected:
  QueueDeskTest() {
    state_.page = PageId::Watch;
    queue_.start({"a", "b"});
  }
  void wait(seconds time) {
    queue_.update();
    clock_.advance(time);
    queue_.update();
  }
  using Ids = std::vector<std::string>;

  ScopedFolder home_;
  std::unique_ptr<Application> application_ = Application::open({.home = home_.path()}).value();
  UiState state_;
  test::ManualClock clock_;
  Notices notices_{state_.notices, clock_};
  Mailbox mailbox_{[] {}};
  Worker worker_;
  Desk desk_{*application_, state_, notices_, mailbox_, worker_, clock_};
  Ids opened_;
  QueueDesk queue_{desk_, [this](const std::string& clip) {
                     opened_.push_back(clip);
                     state_.watch = {};
                     return true;
                   }};
};

TEST_F(QueueDeskTest, TheNextOneOpensAMomentAfterTheEnd) {
  wait(seconds(60));
  EXPECT_EQ(opened_, Ids{"a"});
  state_.watch.player.is_ended = true;
  wait(seconds(3));
  EXPECT_EQ(opened_, Ids{"a"});
  EXPECT_EQ(state_.watch.queue.countdown, 1);
  wait(seconds(1));
  EXPECT_EQ(opened_, (Ids{"a", "b"}));
}

TEST_F(QueueDeskTest, OneThatCannotBePlayedIsOver) {
  state_.watch.load = LoadState::Failed;
  wait(seconds(4));
  EXPECT_EQ(opened_, (Ids{"a", "b"}));
}

TEST_F(QueueDeskTest, WhoAnswersIsNotInterruptedAndHasTheWholeCountdownAfterwards) {
  state_.watch.player.is_ended = true;
  wait(seconds(3));
  state_.watch.draft.text = "But";
  wait(seconds(60));
  EXPECT_EQ(opened_, Ids{"a"});
  state_.watch.draft = {};
  wait(seconds(3));
  EXPECT_EQ(opened_, Ids{"a"});
  wait(seconds(1));
  EXPECT_EQ(opened_, (Ids{"a", "b"}));
}

TEST_F(QueueDeskTest, RecordingDrawingEditingAndWatchingAnAnswerHoldIt) {
  state_.watch.player.is_ended = true;
  AnswerState& answers = state_.watch.answers;
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
