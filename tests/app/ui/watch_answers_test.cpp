// The Watch page: comments, drawings, reactions, asks and recorded answers.
#include <gtest/gtest.h>

#include "app/ui/answers_shown.h"
#include "tests/app/ui/page_desk.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

TEST(WatchPage, AClickOnACommentGoesToItsMoment) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  desk.click("comment/c1/moment");
  EXPECT_TRUE(desk.actions.has("seek 21000000"));
}

TEST(WatchPage, TypingAfterCWritesAComment) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  desk.key('c');
  desk.frames(2);
  desk.window->type("k");
  desk.frames(2);
  EXPECT_TRUE(desk.actions.has("edit_draft k"));
  EXPECT_FALSE(desk.actions.has("play_pause")) << "a letter in a field is no shortcut";
}

TEST(WatchPage, ControlEnterSendsOnlyWhatSaysSomething) {
  UiState state = on(PageId::Watch);
  PageDesk empty(state, 1280, 800);
  empty.press({.key = Key::Enter, .control = true});
  EXPECT_FALSE(empty.actions.has("send_draft"));
  state.watch.draft.text = "Hello";
  PageDesk written(state, 1280, 800);
  written.press({.key = Key::Enter, .control = true});
  EXPECT_TRUE(written.actions.has("send_draft"));
}

TEST(WatchPage, ShiftAndADragOverTheBarMarkARange) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  const auto bar = desk.ui.input().find("timeline");
  ASSERT_TRUE(bar);
  desk.window->hold_shift(true);
  desk.drag(bar->left + bar->width() / 4, bar->middle().y, bar->left + bar->width() / 2, bar->middle().y);
  ASSERT_FALSE(desk.actions.calls.empty());
  EXPECT_TRUE(desk.actions.calls.back().starts_with("mark_range 63")) << desk.actions.calls.back();
  EXPECT_FALSE(
      std::ranges::any_of(desk.actions.calls, [](const auto& call) { return call.starts_with("seek"); }));
}

TEST(WatchPage, WhatIsTypedAfterADraggedRangeIsItsComment) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  const auto bar = desk.ui.input().find("timeline");
  ASSERT_TRUE(bar);
  desk.window->hold_shift(true);
  desk.window->move_mouse(bar->left + bar->width() / 4, bar->middle().y);
  desk.frames(2);
  desk.window->set_mouse_down(true);
  desk.frames(2);
  desk.state.watch.draft.at = seconds(10);
  desk.state.watch.draft.to = seconds(20);
  desk.frames(2);
  desk.window->set_mouse_down(false);
  desk.window->hold_shift(false);
  desk.frames(3);
  desk.actions.calls.clear();
  desk.window->type("record it");
  desk.frames(3);
  EXPECT_TRUE(desk.actions.has("edit_draft record it"));
}

TEST(WatchPage, IAndOMarkFromHereUntilHere) {
  UiState state = on(PageId::Watch);
  state.watch.draft = {.text = "x", .at = seconds(80)};
  PageDesk desk(state, 1280, 800);
  desk.key('o');
  desk.key('i');
  desk.click("draft/until-now");
  EXPECT_EQ(desk.actions.calls,
            (std::vector<std::string>{"mark_range 80000000 83400000", "mark_range 83400000 83400000",
                                      "mark_range 80000000 83400000"}));
}

UiState drawing_on_watch() {
  UiState state = on(PageId::Watch);
  state.watch.answers.is_drawing = true;
  state.watch.player.is_playing = false;
  return state;
}

TEST(WatchPage, AnArrowIsDrawnInSharesOfTheScreenTrackInEveryLayout) {
  for (const Layout layout : {Layout::SideBySide, Layout::Screen, Layout::Bubble}) {
    UiState state = drawing_on_watch();
    state.watch.layout = layout;
    state.watch.answers.tool = ShapeKind::Arrow;
    PageDesk desk(state, 1280, 800);
    const auto screen = desk.ui.input().find("drawing");
    ASSERT_TRUE(screen);
    desk.drag(screen->left + screen->width() * 0.25F, screen->top + screen->height() * 0.5F,
              screen->left + screen->width() * 0.75F, screen->top + screen->height() * 0.9F);
    ASSERT_EQ(desk.actions.answers.shapes.size(), 1U);
    const Shape& arrow = desk.actions.answers.shapes[0];
    EXPECT_EQ(arrow.kind, ShapeKind::Arrow);
    EXPECT_NEAR(arrow.points[0].x, 2500, 30);
    EXPECT_NEAR(arrow.points[0].y, 5000, 30);
    EXPECT_NEAR(arrow.points[1].x, 7500, 30);
    EXPECT_NEAR(arrow.points[1].y, 9000, 30);
    EXPECT_FALSE(desk.actions.has("play_pause")) << "the picture below must not take the press";
  }
}

TEST(WatchPage, NothingIsDrawnWhereTheScreenTrackIsNotShown) {
  UiState state = drawing_on_watch();
  state.watch.layout = Layout::Camera;
  PageDesk desk(state, 1280, 800);
  EXPECT_FALSE(desk.ui.input().find("drawing"));
}

TEST(WatchPage, WordsAreTypedIntoTheDrawing) {
  UiState state = drawing_on_watch();
  state.watch.answers.tool = ShapeKind::Text;
  PageDesk desk(state, 1280, 800);
  desk.click("drawing");
  desk.frames(2);
  desk.window->type("here");
  desk.frames(2);
  desk.click("draw/done");
  desk.state.watch.answers.is_drawing = false;
  desk.frames(2);
  ASSERT_EQ(desk.actions.answers.shapes.size(), 1U);
  EXPECT_EQ(desk.actions.answers.shapes[0].text, "here");
}

TEST(WatchPage, ToolsColoursAndUndoAreChosenByHandAndKey) {
  UiState state = drawing_on_watch();
  state.watch.draft.drawing = {{.kind = ShapeKind::Pen, .points = {{1, 1}}}};
  PageDesk desk(state, 1280, 800);
  desk.click("draw/box");
  desk.click("draw/green");
  desk.press({.character = 'z', .control = true});
  desk.press({.key = Key::Escape});
  EXPECT_EQ(desk.actions.calls,
            (std::vector<std::string>{"choose_tool box", "choose_color green", "undo_shape", "end_drawing"}));
}

TEST(WatchPage, ReactsByHandAndKey) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  desk.click("react/heart");
  desk.press({.character = '4', .control = true});
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"react heart", "react rocket"}));
}

TEST(WatchPage, ANameIsCompletedByEnterAndByHand) {
  UiState state = on(PageId::Watch);
  state.watch.answers.people = {{.id = "p1", .name = "Anna Maria"}, {.id = "p2", .name = "Anton"}};
  for (const bool by_hand : {false, true}) {
    SCOPED_TRACE(by_hand ? "by hand" : "by keys");
    PageDesk desk(state, 1280, 800);
    desk.types_into_draft = true;
    desk.key('c');
    desk.frames(2);
    desk.window->type("Hi @an");
    desk.frames(3);
    EXPECT_TRUE(desk.ui.input().find("mention/p1"));
    if (by_hand) {
      desk.click("mention/p2");
    } else {
      desk.press({.key = Key::Down});
      desk.press({.key = Key::Enter});
    }
    desk.frames(3);
    EXPECT_EQ(desk.state.watch.draft.text, "Hi @Anton ");
    EXPECT_FALSE(desk.ui.input().find("mention/p1"));
    desk.window->type("x");
    desk.frames(2);
    EXPECT_EQ(desk.state.watch.draft.text, "Hi @Anton x") << "the field keeps the keyboard";
  }
}

UiState asked_on_watch(AskKind kind) {
  UiState state = on(PageId::Watch);
  CommentView& ask = state.watch.comments[0];
  ask.ask = AskView{.kind = kind, .answered = "0 of 1 answered", .is_for_me = true, .waits_for_me = true};
  state.watch.answers.asking = ask.id;
  return state;
}

TEST(WatchPage, WhereItStoppedAtAnAskItOffersTheAnswer) {
  PageDesk desk(asked_on_watch(AskKind::Decision), 1280, 800);
  desk.click("ask/answer");
  desk.click("ask/later");
  desk.click("comment/c1/answer");
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"answer_ask c1", "pass_ask", "answer_ask c1"}));
}

TEST(WatchPage, WhatIsOnlyToBeKnownIsAcknowledged) {
  PageDesk desk(asked_on_watch(AskKind::Know), 1280, 800);
  desk.click("ask/got-it");
  EXPECT_TRUE(desk.actions.has("acknowledge c1"));
}

TEST(WatchPage, WhatAPressChangesMayGoWhileThePageIsDrawn) {
  PageDesk desk(on(PageId::Watch), 1280, 800);
  const std::string first = desk.state.watch.comments[0].id;
  desk.actions.answers.on_resolve = [&] { desk.state.watch = {}; };
  desk.click("comment/" + first + "/resolve");
  EXPECT_TRUE(desk.actions.has("resolve " + first + " true"));
  desk.frames(2);
  EXPECT_FALSE(desk.ui.input().find("comment/" + first));
}

TEST(WatchPage, OnlyTheAuthorAsks) {
  UiState state = on(PageId::Watch);
  state.watch.clip.is_mine = false;
  EXPECT_FALSE(PageDesk(state, 1280, 800).ui.input().find("draft/ask"));
  state.watch.clip.is_mine = true;
  PageDesk desk(state, 1280, 800);
  desk.click("draft/ask");
  desk.state.watch.draft.ask = AskDraft{};
  desk.state.watch.answers.people = {{.id = "p1", .name = "Ben"}};
  desk.state.watch.answers.deadline.choices = {{"Thu 16:00", WallTime{}}};
  desk.frames(3);
  desk.click("ask-kind/0");
  desk.click("ask-for");
  desk.click("ask-for/menu/1");
  desk.click("ask-by");
  desk.click("ask-by/menu/1");
  EXPECT_EQ(desk.actions.calls,
            (std::vector<std::string>{"set_asking", "choose_ask_kind decision", "toggle_asked p1",
                                      "choose_deadline 1970-01-01T00:00:00.000Z"}));
}

TEST(WatchPage, ADeadlineIsTypedAndMovedIntoSomebodysHours) {
  UiState state = on(PageId::Watch);
  state.watch.clip.is_mine = true;
  state.watch.draft = {.text = "Ship it?", .at = seconds(1), .ask = AskDraft{.by_typed = ""}};
  PageDesk desk(state, 1280, 800);
  desk.click("ask-time");
  desk.window->type("Tue 3:00");
  desk.frames(2);
  EXPECT_TRUE(desk.actions.has("type_deadline Tue 3:00"));
  desk.state.watch.draft.ask->by = WallTime{};
  desk.state.watch.answers.deadline = {.choices = {},
                                       .chosen = ReplyByView{"Tue 03:00", WallTime{}},
                                       .outside = "Outside working hours in Sydney",
                                       .moved = ReplyByView{"Tue 10:00", WallTime{}}};
  desk.frames(3);
  desk.click("ask-move");
  EXPECT_TRUE(desk.actions.has("choose_deadline 1970-01-01T00:00:00.000Z"));
}

TEST(WatchPage, ACommentOfMineIsChangedWhereItStands) {
  UiState state = on(PageId::Watch);
  state.watch.comments[0].is_mine = true;
  PageDesk desk(state, 1280, 800);
  desk.click("comment/c1/edit");
  desk.state.watch.answers.edit = CommentEdit{.comment = "c1", .text = "Other words"};
  desk.frames(3);
  desk.press({.key = Key::Enter, .control = true});
  desk.click("edit/cancel");
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"begin_edit c1", "send_edit", "cancel_edit"}));
}

TEST(WatchPage, AnAnswerIsRecordedInPlace) {
  UiState state = on(PageId::Watch);
  PageDesk desk(state, 1280, 800);
  desk.click("draft/record");
  desk.click("record-reply/menu/1");
  desk.state.watch.answers.recording = ReplyKind::Voice;
  desk.state.record.phase = RecordPhase::Armed;
  desk.frames(3);
  desk.click("reply/start");
  desk.state.record.phase = RecordPhase::Recording;
  desk.frames(3);
  desk.click("reply/stop");
  EXPECT_EQ(desk.actions.calls,
            (std::vector<std::string>{"begin_recorded_reply 1", "begin_recording", "stop_recording"}));
}

TEST(WatchPage, ARecordedAnswerIsPlayedFromItsComment) {
  UiState state = on(PageId::Watch);
  state.watch.comments[0].media = MediaView{.clip = "m", .duration = seconds(5)};
  PageDesk desk(state, 1280, 800);
  desk.click("comment/c1/media");
  EXPECT_TRUE(desk.actions.has("play_media c1"));
  desk.state.watch.answers.played = PlayedAnswer{.comment = "c1",
                                                 .has_pictures = true,
                                                 .player = {.duration = seconds(5)},
                                                 .screen = state.watch.screen};
  desk.frames(2);
  desk.click("comment/c1/media");
  desk.click("comment/c1/media/play");
  desk.click("comment/c1/media/bar");
  desk.click("comment/c1/media/open");
  desk.click("comment/c1/media/close");
  const auto& calls = desk.actions.calls;
  EXPECT_EQ(std::ranges::count(calls, "play_media c1"), 3);
  EXPECT_TRUE(desk.actions.has("open_media c1"));
  EXPECT_TRUE(desk.actions.has("close_media"));
  EXPECT_TRUE(
      std::ranges::any_of(calls, [](const std::string& call) { return call.starts_with("seek_media"); }));
}

TEST(WatchPage, AnAnswerThatCannotBePlayedSaysWhyAndCanBeClosed) {
  UiState state = on(PageId::Watch);
  state.watch.comments[0].media = MediaView{.clip = "m", .duration = seconds(5)};
  state.watch.answers.played = PlayedAnswer{
      .comment = "c1", .load = LoadState::Failed, .failure = "It isn't in the library any more."};
  PageDesk desk(state, 1280, 800);
  desk.click("comment/c1/media/close");
  EXPECT_TRUE(desk.actions.has("close_media"));
}

TEST(AnswersShown, NextMomentIsWhereSomethingComesOrGoes) {
  WatchState state;
  state.comments = {{.id = "a", .at = seconds(10), .drawing = {{.kind = ShapeKind::Pen, .points = {{1, 1}}}}},
                    {.id = "b", .at = seconds(12)},
                    {.id = "c", .at = seconds(20), .ask = AskView{}}};
  state.answers.reactions = {{.at = seconds(30), .name = "heart"}};
  const auto next = [&](MediaTime position) { return next_answer_moment(state, position); };
  EXPECT_EQ(next(seconds(0)), MediaTime(seconds(10)));
  EXPECT_EQ(next(seconds(10)), MediaTime(seconds(10)) + kMomentLength + MediaTime(1000));
  EXPECT_EQ(next(seconds(14)), MediaTime(seconds(20)));
  EXPECT_EQ(next(seconds(20)), MediaTime(seconds(30)));
  EXPECT_EQ(next(seconds(40)), std::nullopt);
  state.tools.captions = std::make_shared<std::vector<VttCue>>(
      std::vector<VttCue>{{seconds(41), seconds(43), "one"}, {seconds(50), seconds(52), "two"}});
  EXPECT_EQ(next(seconds(40)), std::nullopt);
  state.tools.caption_look.is_on = true;
  EXPECT_EQ(next(seconds(40)), MediaTime(seconds(41)));
  EXPECT_EQ(next(seconds(41)), MediaTime(seconds(43)));
  EXPECT_EQ(next(seconds(43)), MediaTime(seconds(50)));
}

TEST(AnswersShown, DrawingsShowAtTheirMomentOrRangeOrWhilePointedAt) {
  WatchState state;
  const Drawing drawing = {{.kind = ShapeKind::Pen, .points = {{1, 1}}}};
  state.comments = {{.id = "a", .at = seconds(10), .drawing = drawing},
                    {.id = "b", .at = seconds(20), .to = seconds(40), .drawing = drawing}};
  const auto shown = [&](MediaTime position, const std::string& pointed_at = "") {
    state.player.position = position;
    return shown_drawings(state, pointed_at).size();
  };
  EXPECT_EQ(shown(seconds(9)), 0U);
  EXPECT_EQ(shown(seconds(10)), 1U);
  EXPECT_EQ(shown(seconds(14)), 0U);
  EXPECT_EQ(shown(seconds(39)), 1U);
  EXPECT_EQ(shown(seconds(41)), 0U);
  EXPECT_EQ(shown(seconds(41), "a"), 1U);
}

// Guests.

UiState with_guest(const std::string& known_by) {
  UiState state = on(PageId::Watch);
  CommentView& comment = state.watch.comments[0];
  comment.is_mine = false;
  comment.author = {.id = "g1",
                    .name = known_by.empty() ? "Sam (guest)" : "Sam (guest, known)",
                    .is_guest = true,
                    .known_by = known_by};
  return state;
}

TEST(WatchPage, AGuestIsMarkedAndOnePressSaysWhoThatIs) {
  const UiState state = with_guest("");
  PageDesk desk(state, 1280, 800);
  const std::string mark = "comment/" + state.watch.comments[0].id + "/guest";
  ASSERT_TRUE(desk.ui.input().find(mark));
  desk.click(mark);
  desk.click("guest/menu/0");
  EXPECT_TRUE(desk.actions.has("know_guest g1 true"));
}

TEST(WatchPage, WhomSomebodyKnowsCanBeUnknownAgain) {
  const UiState state = with_guest("Ben Okafor");
  PageDesk desk(state, 1280, 800);
  desk.click("comment/" + state.watch.comments[0].id + "/guest");
  desk.click("guest/menu/0");
  EXPECT_TRUE(desk.actions.has("know_guest g1 false"));
}

TEST(WatchPage, AMemberHasNoMark) {
  const UiState state = on(PageId::Watch);
  PageDesk desk(state, 1280, 800);
  EXPECT_FALSE(desk.ui.input().find("comment/" + state.watch.comments[0].id + "/guest"));
}

}  // namespace
}  // namespace meanwhile
