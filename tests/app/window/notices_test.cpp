#include "app/window/notices.h"

#include <gtest/gtest.h>

#include "tests/support/play_rig.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

class NoticesTest : public testing::Test {
 protected:
  std::vector<std::string> texts() const {
    std::vector<std::string> all;
    for (const Notice& notice : shown_) all.push_back(notice.text);
    return all;
  }

  test::ManualClock clock_;
  std::vector<Notice> shown_;
  Notices notices_{shown_, clock_};
};

TEST_F(NoticesTest, WhatWentWellGoesByItselfAndTroubleStays) {
  notices_.show(NoticeKind::Success, "Link copied");
  notices_.show(NoticeKind::Failure, "The disk is full");
  EXPECT_EQ(notices_.next_change(), clock_.now() + seconds(8));
  clock_.advance(seconds(9));
  notices_.let_go_of_old();
  EXPECT_EQ(texts(), std::vector<std::string>{"The disk is full"});
  EXPECT_FALSE(notices_.next_change());
}

TEST_F(NoticesTest, WhatCanBeUndoneStaysLonger) {
  bool undone = false;
  notices_.show(NoticeKind::Info, "Deleted", "", "Undo", [&] { undone = true; });
  clock_.advance(seconds(15));
  notices_.let_go_of_old();
  ASSERT_EQ(shown_.size(), 1U);
  notices_.run_action(shown_[0].id);
  EXPECT_TRUE(undone);
  EXPECT_TRUE(shown_.empty());
}

TEST_F(NoticesTest, TheSameIsSaidOnceAndTheNewestFourAreShown) {
  for (const char* text : {"a", "b", "a", "c", "d", "e"}) notices_.show(NoticeKind::Warning, text);
  EXPECT_EQ(texts(), (std::vector<std::string>{"a", "c", "d", "e"}));
}

}  // namespace
}  // namespace meanwhile
