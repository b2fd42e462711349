// The Watch page: which comments the list shows, links, the line between the pictures, menus of the right
// button.
#include <gtest/gtest.h>

#include <string>

#include "app/ui/comment_filter.h"
#include "tests/app/ui/page_desk.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

TEST(Comments, AreFilteredByWhatIsOpenMineUnreadAndByPerson) {
  const UiState state = on(PageId::Watch);
  const auto shown = [&](const CommentFilter& filter) {
    std::string ids;
    for (const CommentView& comment : state.watch.comments)
      if (is_shown(comment, filter)) ids += comment.id + " ";
    return ids;
  };
  EXPECT_EQ(shown({CommentsShown::All}), "c1 c2 c3 c4 ");
  EXPECT_EQ(shown({CommentsShown::Open}), "c1 c3 c4 ");
  EXPECT_EQ(shown({CommentsShown::Mine}), "c1 c4 ");
  EXPECT_EQ(shown({CommentsShown::Unread}), "c3 ");
  EXPECT_EQ(shown({CommentsShown::OfPerson, "p-ada"}), "c1 ");
}

TEST(Comments, BelongToTheMomentThatIsPlayed) {
  UiState state = on(PageId::Watch);
  const auto at = [&](MediaTime moment, const CommentFilter& filter = {}) -> std::string {
    state.watch.player.position = moment;
    const CommentView* comment = passed_last(state.watch, in_shown_order(state.watch, filter));
    return comment ? comment->id : "none";
  };
  EXPECT_EQ(at(seconds(20)), "none");
  EXPECT_EQ(at(seconds(85)), "c2");
  EXPECT_EQ(at(seconds(85), {CommentsShown::Open}), "c1");
}

TEST(WatchPage, AFilterOfTheCommentsIsChosenFromAMenu) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  desk.click("comments/filter");
  desk.frames(2);
  desk.click("comments/menu/3");
  desk.frames(2);
  EXPECT_TRUE(desk.ui.input().find("comment/c3"));
  EXPECT_FALSE(desk.ui.input().find("comment/c1"));
}

TEST(WatchPage, TheListFollowsPlaybackUnlessItIsPointedAt) {
  UiState state = crowded_state();
  state.page = PageId::Watch;
  state.notices.clear();
  std::ranges::sort(state.watch.comments, {}, &CommentView::at);
  const std::string last = state.watch.comments.back().id;
  PageDesk desk(state, 1280, 800);
  ASSERT_FALSE(desk.ui.input().find("comment/" + last));
  desk.window->move_mouse(1200, 300);
  desk.state.watch.player.position = seconds(251);
  desk.frames(3);
  EXPECT_FALSE(desk.ui.input().find("comment/" + last));
  desk.window->move_mouse(200, 300);
  desk.frames(3);
  EXPECT_TRUE(desk.ui.input().find("comment/" + last));
}

TEST(WatchPage, LinksInADescriptionOpen) {
  UiState state = on(PageId::Watch);
  state.watch.clip.description =
      "The plan: https://example.org/plan, and [the board](https://example.org/b).";
  PageDesk desk(state, 1280, 800);
  desk.click("description/link/0");
  desk.click("description/link/1");
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"open_link https://example.org/plan",
                                                          "open_link https://example.org/b"}));
}

TEST(WatchPage, TheLineBetweenThePicturesIsDraggedAndKept) {
  PageDesk desk(on(PageId::Watch), 1440, 900);
  const Box line = *desk.ui.input().find("divider");
  desk.drag(line.middle().x, line.middle().y, line.middle().x - 120, line.middle().y);
  ASSERT_EQ(desk.actions.calls.size(), 1U);
  EXPECT_TRUE(desk.actions.calls[0].starts_with("change camera_share 0."));
  desk.state.settings.chosen.camera_share = 0.5;
  desk.frames(2);
  EXPECT_LT(desk.ui.input().find("divider")->left, line.left - 60);
}

TEST(WatchPage, TheRightButtonOpensMenusOfTheBarAndOfComments) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  desk.click_right("timeline");
  desk.frames(2);
  desk.click("timeline/menu/2");
  ASSERT_EQ(desk.actions.calls.size(), 1U);
  EXPECT_TRUE(desk.actions.calls[0].starts_with("copy_link_at clip1 "));
  desk.frames(2);
  const Box thread = *desk.ui.input().find("comment/c1");
  desk.window->click_right(thread.left + 30, thread.top + 80, desk.draw());
  desk.frames(2);
  desk.click("comment/menu/1");
  EXPECT_TRUE(desk.actions.has("begin_reply c1"));
}

TEST(WatchPage, ARecordedAnswerCanBeHeardBeforeItGoes) {
  UiState state = on(PageId::Watch);
  state.watch.answers.recording = ReplyKind::Voice;
  state.watch.answers.review = AnswerReview{};
  PageDesk desk(state, 1280, 800);
  desk.click("reply/play");
  desk.click("reply/send");
  desk.click("reply/discard");
  desk.frames(2);
  desk.click("question/yes");
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"play_recorded_reply", "send_recorded_reply",
                                                          "cancel_recorded_reply"}));
}

TEST(WatchPage, ShiftCWithoutCaptionsOpensNoComment) {
  UiState state = on(PageId::Watch);
  state.watch.tools.captions = nullptr;
  PageDesk desk(state, 1280, 800);
  desk.press({.character = 'c', .shift = true});
  desk.window->type("x");
  desk.frames(2);
  EXPECT_TRUE(desk.actions.calls.empty());
}

}  // namespace
}  // namespace meanwhile
