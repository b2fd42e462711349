// Comments as the Watch page shows them.
#include "app/window/answer_views.h"

#include "tests/app/library/index_fixture.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

TEST_F(IndexTest, EveryCommentHasItsTimeInTheViewersZoneAndInTheWriters) {
  say(anna_, published(clip_, "Budget"));
  say(ben_, ProfileEvent{"Ben", "Australia/Sydney", "09:00-17:00"});
  say(ben_, CommentEvent{clip_, seconds(1), std::nullopt, "his"});
  say(anna_, CommentEvent{clip_, seconds(2), std::nullopt, "mine"});
  const WallTime an_hour_later(std::chrono::milliseconds(kStoryBegin + 3'600'000));
  const Viewer viewer{.zone = "Europe/Berlin", .now = an_hour_later};
  const auto answers = read_answers(*index_, clip_, viewer, {}).value();
  ASSERT_EQ(answers.comments.size(), 2U);
  EXPECT_EQ(answers.comments[0].written_at, "22 Nov 2026 13:00 your time, 23:00 in Sydney");
  EXPECT_EQ(answers.comments[1].written_at, "22 Nov 2026 13:00");
}

}  // namespace
}  // namespace meanwhile
