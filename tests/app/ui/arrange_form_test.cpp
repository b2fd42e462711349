// Cutting and arranging on the Watch page.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "app/ui/arrange_steps.h"
#include "app/ui/comment_filter.h"
#include "app/ui/edited_time.h"
#include "media/base/arrangement.h"
#include "media/base/arrangement_edits.h"
#include "media/base/edit_list.h"
#include "tests/app/ui/page_desk.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

UiState arranging() {
  UiState state = on(PageId::Watch);
  state.watch.arrange = ArrangePanel{.clip = state.watch.clip.id, .duration = state.watch.player.duration};
  return state;
}

UiState cut_from_20_to_80() {
  UiState state = on(PageId::Watch);
  const MediaTime end = state.watch.player.duration;
  state.watch.edits = std::make_shared<const EditList>(
      EditList::create({{MediaTime{}, seconds(20)}, {seconds(80), end}}).value());
  state.watch.player.edited_position = *state.watch.edits->edited(state.watch.player.position);
  return state;
}

TEST(ArrangeForm, AKeyBeginsOnlyForOnesOwn) {
  for (const bool is_mine : {true, false}) {
    UiState state = on(PageId::Watch);
    state.watch.clip.is_mine = is_mine;
    PageDesk desk(state, 1280, 800);
    desk.key('x');
    EXPECT_EQ(desk.actions.has("begin_arranging"), is_mine);
  }
}

TEST(ArrangeForm, WhatIsSavedIsRemovedForGoodAfterAQuestion) {
  UiState state = arranging();
  ArrangePanel& panel = *state.watch.arrange;
  PageDesk nothing(state, 1280, 1000);
  EXPECT_FALSE(nothing.is_there("arrange/remove"));
  panel.now = with_cut({}, panel.duration, {seconds(5), seconds(9)}).value();
  panel.can_undo = true;
  PageDesk unsaved(state, 1280, 1000);
  EXPECT_FALSE(unsaved.is_there("arrange/remove"));
  panel.can_undo = false;
  PageDesk desk(state, 1280, 1000);
  desk.click("arrange/remove");
  EXPECT_FALSE(desk.actions.has("remove_for_good"));
  desk.click("question/yes");
  EXPECT_TRUE(desk.actions.has("remove_for_good"));
}

TEST(EditedTime, ACommentOnAnotherVersionIsNeitherCutNorMoved) {
  UiState state = cut_from_20_to_80();
  WatchState& watch = state.watch;
  CommentView comment{.id = "x", .at = seconds(90)};
  EXPECT_EQ(shown_time(watch, comment), seconds(30));
  comment.at = seconds(30);
  EXPECT_TRUE(is_cut(watch, comment));
  watch.clip.version = watch.version = 2;
  comment.is_on_earlier = true;
  EXPECT_FALSE(is_about_shown(watch, comment));
  EXPECT_FALSE(is_cut(watch, comment));
  EXPECT_EQ(shown_time(watch, comment), seconds(30));
  watch.version = 1;
  EXPECT_TRUE(is_about_shown(watch, comment));
}

TEST(ArrangeForm, KeysMarkAPartAndCutIt) {
  PageDesk desk(arranging(), 1280, 800);
  desk.key('i');
  EXPECT_EQ(desk.actions.calls.back(), "choose_part 83400000..84400000");
  desk.state.watch.arrange->chosen = TimeRange{seconds(70), seconds(75)};
  desk.key('o');
  EXPECT_EQ(desk.actions.calls.back(), "choose_part 70000000..83400000");
  desk.key('x');
  ASSERT_TRUE(desk.actions.arranging.last);
  EXPECT_EQ(desk.actions.arranging.last->parts.front(), (TimeRange{MediaTime{}, seconds(70)}));
  EXPECT_EQ(desk.actions.calls.back(), "choose_part none");
  desk.press({.key = Key::Escape});
  EXPECT_EQ(desk.actions.calls.back(), "drop_arrangement");
}

TEST(ArrangeForm, WhatWasCutIsShownAgainByAPress) {
  UiState state = arranging();
  state.watch.arrange->now = with_cut({}, state.watch.player.duration, {seconds(10), seconds(20)}).value();
  PageDesk desk(state, 1440, 900);
  desk.click("arrange/restore/10000000");
  ASSERT_TRUE(desk.actions.arranging.last);
  EXPECT_TRUE(desk.actions.arranging.last->is_nothing());
}

TEST(ArrangeForm, SilencesAreOfferedAndCutAllAtOnce) {
  UiState state = arranging();
  state.watch.arrange->offered = {{"Silences", {{seconds(5), seconds(7)}, {seconds(30), seconds(34)}}}};
  PageDesk desk(state, 1440, 900);
  desk.click("arrange/offer/Silences");
  ASSERT_TRUE(desk.actions.arranging.last);
  EXPECT_EQ(desk.actions.arranging.last->parts.size(), 3U);
  desk.state.watch.arrange->now = *desk.actions.arranging.last;
  desk.frames(2);
  EXPECT_FALSE(desk.ui.input().find("arrange/offer/Silences")) << "nothing of them is left";
}

TEST(ArrangeForm, ZoomsAreOfferedWhereSomethingWasClicked) {
  UiState state = arranging();
  state.watch.arrange->offered_zooms = {{.range = {seconds(5), seconds(9)}},
                                        {.range = {seconds(20), seconds(24)}}};
  PageDesk desk(state, 1440, 900);
  desk.click("arrange/zooms");
  ASSERT_TRUE(desk.actions.arranging.last);
  EXPECT_EQ(desk.actions.arranging.last->zooms.size(), 2U);
}

TEST(ArrangeForm, ThePictureThatIsShownStandsForIt) {
  PageDesk desk(arranging(), 1440, 900);
  desk.click("arrange/poster");
  ASSERT_TRUE(desk.actions.arranging.last);
  EXPECT_EQ(desk.actions.arranging.last->poster, desk.state.watch.player.position);
}

// Nobody can say anything of a draft, and what isn't published isn't removed for good.
TEST(ArrangeForm, ADraftHasNothingThatIsForUpdates) {
  UiState state = arranging();
  state.watch.arrange->is_draft = true;
  state.watch.arrange->now = with_cut({}, state.watch.player.duration, {seconds(10), seconds(20)}).value();
  PageDesk desk(state, 1440, 900);
  for (const char* part : {"more", "arrange/remove", "seen"})
    EXPECT_FALSE(desk.ui.input().find(part)) << part;
  desk.press({.key = Key::Character, .character = 'c'});
  desk.press({.key = Key::Character, .character = 'd'});
  EXPECT_TRUE(desk.actions.calls.empty());
  desk.press({.key = Key::Escape});
  EXPECT_EQ(desk.actions.calls, std::vector<std::string>{"drop_arrangement"});
}

TEST(ArrangeSteps, ADraftIsShownWithoutWhatIsTrimmedAway) {
  ArrangePanel panel{
      .clip = "c", .duration = seconds(60), .is_draft = true, .kept = {seconds(10), seconds(50)}};
  EXPECT_EQ(as_shown(panel).parts, (std::vector<TimeRange>{{seconds(10), seconds(50)}}));
  EXPECT_TRUE(panel.now.is_nothing()) << "it isn't cut by that";
  panel.is_draft = false;
  EXPECT_TRUE(as_shown(panel).is_nothing());
}

TEST(ArrangeForm, ChangesAreNotDroppedWithoutAQuestion) {
  UiState state = arranging();
  state.watch.arrange->can_undo = true;
  PageDesk desk(state, 1280, 800);
  desk.press({.key = Key::Escape});
  desk.frames(2);
  EXPECT_FALSE(desk.actions.has("drop_arrangement"));
  EXPECT_TRUE(desk.ui.input().find("question/yes").has_value());
}

TEST(ArrangeForm, EverybodySeesItOnceItIsSaved) {
  PageDesk desk(arranging(), 1280, 800);
  desk.click("arrange/save");
  desk.press({.key = Key::Enter, .control = true});
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"save_arrangement", "save_arrangement"}));
}

TEST(ArrangeSteps, ALayoutHoldsUntilTheNextAndCanBeTakenBack) {
  ArrangePanel panel{.clip = "c", .duration = seconds(60)};
  panel.now = with_layout(panel, seconds(10), Layout::Screen);
  panel.now = with_layout(panel, seconds(20), Layout::Bubble);
  EXPECT_EQ(layout_at(panel.now, seconds(15)), Layout::Screen);
  EXPECT_EQ(layout_at(panel.now, seconds(5)), std::nullopt);
  panel.now = with_layout(panel, seconds(20), Layout::Screen);
  EXPECT_EQ(panel.now.layouts.size(), 1U) << "it was that already";
  EXPECT_TRUE(with_layout(panel, seconds(10), std::nullopt).layouts.empty());
}

TEST(ArrangeSteps, AHandleMovesACutsEnd) {
  ArrangePanel panel{.clip = "c", .duration = seconds(60)};
  panel.now = with_cut({}, seconds(60), {seconds(10), seconds(20)}).value();
  EXPECT_EQ(with_cut_end(panel, {seconds(10), seconds(20)}, true, seconds(30))->parts.back().from,
            seconds(30));
  EXPECT_EQ(with_cut_end(panel, {seconds(10), seconds(20)}, false, seconds(15))->parts.front().to,
            seconds(15));
  EXPECT_TRUE(with_cut_end(panel, {seconds(10), seconds(20)}, true, seconds(9))->is_nothing())
      << "nothing of it is left";
}

TEST(EditedTime, IsWhatTheViewerSees) {
  const UiState state = cut_from_20_to_80();
  EXPECT_EQ(shown_duration(state.watch), state.watch.player.duration - seconds(60));
  EXPECT_EQ(shown_moment(state.watch, seconds(85)), "0:25");
  EXPECT_EQ(shown_moment(state.watch, seconds(50)), "cut");
  EXPECT_EQ(recorded_time(state.watch, seconds(25)), seconds(85));
  EXPECT_EQ(shown_ranges(state.watch, {{seconds(10), seconds(90)}}),
            (std::vector<TimeRange>{{seconds(10), seconds(20)}, {seconds(20), seconds(30)}}));
}

TEST(EditedTime, AnArrowKeyLeadsOverACut) {
  UiState state = cut_from_20_to_80();
  state.watch.player.position = seconds(82);
  state.watch.player.edited_position = seconds(22);
  PageDesk desk(state, 1280, 800);
  desk.press({.key = Key::Left});
  EXPECT_EQ(desk.actions.calls.back(), "seek 17000000");
  desk.press({.key = Key::Home});
  EXPECT_EQ(desk.actions.calls.back(), "seek 0");
}

TEST(EditedTime, CommentsOfACutPartComeLast) {
  const UiState state = cut_from_20_to_80();
  std::string ids;
  for (const CommentView* comment : in_shown_order(state.watch, {})) ids += comment->id + " ";
  EXPECT_EQ(ids, "c2 c3 c4 c1 ") << "c1 is at 0:21";
}

}  // namespace
}  // namespace meanwhile
