// Every page drawn into memory from scripted states, and what clicks and keys on it ask for.
#include <gtest/gtest.h>

#include "app/platform/offscreen.h"
#include "app/ui/answers_shown.h"
#include "app/ui/trim_points.h"
#include "app/ui/ui.h"
#include "tests/app/ui/recorded_actions.h"
#include "tests/app/ui/scripted_states.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

class Desk {
 public:
  Desk(UiState shown, int width, int height, float scale = 1) : state(std::move(shown)) {
    auto made = Offscreen::create(width, height, scale);
    if (!made) throw std::runtime_error(made.error().message);
    window = std::move(*made);
    frames(3);
  }
  void frames(int count) {
    for (int i = 0; i < count; ++i) window->frame(draw());
  }
  void click(const std::string& part) {
    const auto box = ui.input().find(part);
    ASSERT_TRUE(box.has_value()) << "no part " << part;
    window->click(box->middle().x, box->middle().y, draw());
  }
  void drag(float from_x, float from_y, float to_x, float to_y) {
    window->move_mouse(from_x, from_y);
    frames(2);
    window->set_mouse_down(true);
    frames(2);
    for (int i = 1; i <= 4; ++i) {
      window->move_mouse(from_x + (to_x - from_x) * float(i) / 4, from_y + (to_y - from_y) * float(i) / 4);
      frames(1);
    }
    frames(1);
    window->set_mouse_down(false);
    frames(2);
  }
  void press(KeyPress press) {
    window->press(press);
    frames(2);
  }
  void key(char character) { press({.character = character}); }
  Offscreen::Draw draw() {
    return [this](Painter& painter) {
      ui.draw(state, actions, painter);
      if (types_into_draft) take_typed_text();
    };
  }
  // As the application does.
  void take_typed_text() {
    for (const std::string& call : actions.calls)
      if (call.starts_with("edit_draft ")) state.watch.draft.text = call.substr(11);
  }

  bool types_into_draft = false;

  UiState state;
  RecordedActions actions;
  Ui ui;
  std::unique_ptr<Offscreen> window;
};

UiState on(PageId page) {
  UiState state = plain_state();
  state.page = page;
  return state;
}

struct WindowShape {
  int width;
  int height;
  float scale;
  ThemeChoice theme;
};

class EveryPage : public testing::TestWithParam<WindowShape> {};

// One window for all: going from any state to any other must do as little harm.
TEST_P(EveryPage, IsDrawnInEveryStateWithoutAskingForAnything) {
  Desk desk(UiState{}, GetParam().width, GetParam().height, GetParam().scale);
  for (NamedState& named : all_states()) {
    desk.state = named.state;
    desk.state.settings.theme = GetParam().theme;
    desk.frames(3);
    EXPECT_TRUE(desk.actions.calls.empty()) << named.name << ": " << desk.actions.calls.front();
    desk.actions.calls.clear();
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, EveryPage,
                         testing::Values(WindowShape{900, 600, 1, ThemeChoice::Dark},
                                         WindowShape{1280, 800, 1, ThemeChoice::Light},
                                         WindowShape{1920, 1080, 2, ThemeChoice::Dark}));

TEST(InboxPage, AClickOnACardOpensIt) {
  Desk desk(on(PageId::Inbox), 1280, 800);
  desk.click("clip/clip2");
  EXPECT_TRUE(desk.actions.has("open_clip clip2"));
}

TEST(InboxPage, SlashPutsTheKeyboardIntoTheSearch) {
  Desk desk(on(PageId::Inbox), 1280, 800);
  desk.key('/');
  desk.frames(2);
  desk.window->type("plan");
  desk.frames(2);
  EXPECT_TRUE(desk.actions.has("search plan"));
}

// A take that was handed over isn't offered for publishing as if nothing had happened.
TEST(InboxPage, ATakeOnItsWayIsShownNotOffered) {
  UiState state = crowded_state();
  state.notices.clear();
  state.inbox.takes.resize(1);
  state.inbox.takes[0].is_on_its_way = true;
  state.inbox.takes[0].state = "Waits: sending is paused";
  Desk desk(state, 1280, 800);
  desk.click("take/" + state.inbox.takes[0].id + "/open");
  EXPECT_TRUE(desk.actions.has("open_take " + state.inbox.takes[0].id));
}

TEST(SettingsPage, OneLibraryIsLookedAtAtATime) {
  UiState state = on(PageId::Settings);
  state.settings.is_adding = true;
  Desk desk(state, 1280, 1400);
  desk.click("library");
  desk.window->type("folder:/srv/team");
  desk.frames(2);
  desk.press({.key = Key::Enter});
  EXPECT_TRUE(desk.actions.calls.empty());
}

TEST(InboxPage, DiscardingATakeAsksFirst) {
  UiState state = crowded_state();
  state.notices.clear();
  Desk desk(state, 1280, 800);
  desk.click("take/t1/discard");
  EXPECT_TRUE(desk.actions.calls.empty());
  desk.click("question/yes");
  EXPECT_TRUE(desk.actions.has("discard_take t1"));
}

TEST(InboxPage, ADeletedClipIsBroughtBackAfterAQuestionAndNeverOpened) {
  UiState state = on(PageId::Inbox);
  state.inbox.filter = InboxFilter::Trash;
  state.inbox.clips[0].deleted = "27 days left";
  state.inbox.clips[0].can_restore = true;
  const std::string clip = state.inbox.clips[0].id;
  Desk desk(state, 900, 600);
  desk.click("clip/" + clip);
  EXPECT_TRUE(desk.actions.calls.empty());
  desk.click("question/yes");
  EXPECT_EQ(desk.actions.calls, std::vector{"restore_clip " + clip});
}

TEST(WatchPage, SpacePlaysAndArrowsSeek) {
  Desk desk(on(PageId::Watch), 1280, 800);
  desk.press({.key = Key::Space});
  desk.press({.key = Key::Left});
  desk.press({.key = Key::Right});
  desk.key('l');
  EXPECT_EQ(desk.actions.calls,
            (std::vector<std::string>{"play_pause", "seek 78400000", "seek 88400000", "seek 93400000"}));
}

TEST(WatchPage, SeekingByKeysStaysInsideTheClip) {
  UiState state = on(PageId::Watch);
  state.watch.player.position = std::chrono::seconds(2);
  Desk desk(state, 1280, 800);
  desk.key('j');
  EXPECT_TRUE(desk.actions.has("seek 0"));
}

TEST(WatchPage, DigitsChooseLayouts) {
  Desk desk(on(PageId::Watch), 1280, 800);
  desk.key('4');
  desk.click("layout/screen");
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"set_layout bubble", "set_layout screen"}));
}

TEST(WatchPage, BracketsMakeALoopAndBackspaceEndsIt) {
  Desk desk(on(PageId::Watch), 1280, 800);
  desk.key('[');
  EXPECT_EQ(desk.actions.calls.back(), "set_loop 83400000 -");
  desk.state.watch.tools.loop = {std::chrono::milliseconds(83'400), std::nullopt};
  desk.state.watch.player.position = seconds(90);
  desk.key(']');
  EXPECT_EQ(desk.actions.calls.back(), "set_loop 83400000 90000000");
  desk.state.watch.player.position = seconds(20);
  desk.key(']');  // before its beginning
  EXPECT_EQ(desk.actions.calls.back(), "set_loop - 20000000");
  desk.press({.key = Key::Backspace});
  EXPECT_EQ(desk.actions.calls.back(), "set_loop - -");
}

TEST(WatchPage, PausesAreSkippedByAButtonAndAKeyWhereTheyAreKnown) {
  Desk desk(on(PageId::Watch), 1440, 900);
  desk.click("skip-pauses");
  EXPECT_EQ(desk.actions.calls, std::vector<std::string>{"set_skip_pauses true"});
  desk.state.watch.tools.skips_pauses = true;
  desk.key('p');
  EXPECT_EQ(desk.actions.calls.back(), "set_skip_pauses false");
  desk.state.watch.tools.pauses = nullptr;
  desk.frames(2);
  EXPECT_FALSE(desk.ui.input().find("skip-pauses").has_value());
}

TEST(WatchPage, CaptionsAreSwitchedChosenAndSearched) {
  Desk desk(on(PageId::Watch), 1280, 800);
  desk.press({.character = 'c', .shift = true});
  EXPECT_EQ(desk.actions.calls.back(), "set_caption_look true 1 1");
  desk.click("captions");
  desk.frames(2);
  desk.click("captions/menu/3");
  EXPECT_EQ(desk.actions.calls.back(), "set_caption_look false 2 1");
  desk.press({.character = 'f', .control = true});
  desk.frames(2);
  desk.window->type("importer");
  desk.frames(3);
  desk.click("captions/found/1");
  EXPECT_EQ(desk.actions.calls.back(), "seek 82000000");
}

TEST(WatchPage, AWheelTurnLooksCloserAndDraggingThenDoesNotPlay) {
  Desk desk(on(PageId::Watch), 1280, 800);
  const Box picture = desk.ui.input().find("picture").value();
  const ImVec2 place{picture.left + picture.width() * 0.3F, picture.middle().y};
  desk.window->move_mouse(place.x, place.y);
  desk.frames(2);
  desk.window->turn_wheel(3);
  desk.frames(2);
  desk.window->set_mouse_down(true);
  desk.frames(2);
  desk.window->move_mouse(place.x + 40, place.y + 10);
  desk.frames(2);
  desk.window->set_mouse_down(false);
  desk.frames(2);
  EXPECT_FALSE(desk.actions.has("play_pause"));
  desk.window->click(place.x, place.y, desk.draw());
  EXPECT_TRUE(desk.actions.has("play_pause"));
}

TEST(WatchPage, TheSmallWindowHasThePictureAndAWayBack) {
  UiState state = on(PageId::Watch);
  state.watch.tools.is_mini = true;
  Desk desk(state, 460, 200);
  desk.click("mini/back");
  EXPECT_EQ(desk.actions.calls, std::vector<std::string>{"set_mini false"});
  desk.click("play");
  EXPECT_EQ(desk.actions.calls.back(), "play_pause");
  EXPECT_FALSE(desk.ui.input().find("timeline").has_value());
}

TEST(WatchPage, AClickOnTheTimelineSeeksThere) {
  Desk desk(on(PageId::Watch), 1280, 800);
  desk.click("timeline");
  ASSERT_FALSE(desk.actions.calls.empty());
  EXPECT_TRUE(desk.actions.calls.front().starts_with("seek 126")) << desk.actions.calls.front();
}

TEST(WatchPage, AClickOnACommentGoesToItsMoment) {
  Desk desk(on(PageId::Watch), 1280, 800);
  desk.click("comment/c1/moment");
  EXPECT_TRUE(desk.actions.has("seek 21000000"));
}

TEST(WatchPage, TypingAfterCWritesAComment) {
  Desk desk(on(PageId::Watch), 1280, 800);
  desk.key('c');
  desk.frames(2);
  desk.window->type("k");
  desk.frames(2);
  EXPECT_TRUE(desk.actions.has("edit_draft k"));
  EXPECT_FALSE(desk.actions.has("play_pause")) << "a letter in a field is no shortcut";
}

TEST(WatchPage, ControlEnterSendsOnlyWhatSaysSomething) {
  UiState state = on(PageId::Watch);
  Desk empty(state, 1280, 800);
  empty.press({.key = Key::Enter, .control = true});
  EXPECT_FALSE(empty.actions.has("send_draft"));
  state.watch.draft.text = "Hello";
  Desk written(state, 1280, 800);
  written.press({.key = Key::Enter, .control = true});
  EXPECT_TRUE(written.actions.has("send_draft"));
}

TEST(WatchPage, ShiftAndADragOverTheBarMarkARange) {
  Desk desk(on(PageId::Watch), 1280, 800);
  const auto bar = desk.ui.input().find("timeline");
  ASSERT_TRUE(bar);
  desk.window->hold_shift(true);
  desk.drag(bar->left + bar->width() / 4, bar->middle().y, bar->left + bar->width() / 2, bar->middle().y);
  ASSERT_FALSE(desk.actions.calls.empty());
  EXPECT_TRUE(desk.actions.calls.back().starts_with("mark_range 63")) << desk.actions.calls.back();
  EXPECT_FALSE(
      std::ranges::any_of(desk.actions.calls, [](const auto& call) { return call.starts_with("seek"); }));
}

TEST(WatchPage, IAndOMarkFromHereUntilHere) {
  UiState state = on(PageId::Watch);
  state.watch.draft = {.text = "x", .at = seconds(80)};
  Desk desk(state, 1280, 800);
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
    Desk desk(state, 1280, 800);
    const auto screen = desk.ui.input().find("drawing");
    ASSERT_TRUE(screen);
    desk.drag(screen->left + screen->width() * 0.25F, screen->top + screen->height() * 0.5F,
              screen->left + screen->width() * 0.75F, screen->top + screen->height() * 0.9F);
    ASSERT_EQ(desk.actions.recorded_answers.shapes.size(), 1U);
    const Shape& arrow = desk.actions.recorded_answers.shapes[0];
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
  Desk desk(state, 1280, 800);
  EXPECT_FALSE(desk.ui.input().find("drawing"));
}

TEST(WatchPage, WordsAreTypedIntoTheDrawing) {
  UiState state = drawing_on_watch();
  state.watch.answers.tool = ShapeKind::Text;
  Desk desk(state, 1280, 800);
  desk.click("drawing");
  desk.frames(2);
  desk.window->type("here");
  desk.frames(2);
  desk.click("draw/done");
  desk.state.watch.answers.is_drawing = false;
  desk.frames(2);
  ASSERT_EQ(desk.actions.recorded_answers.shapes.size(), 1U);
  EXPECT_EQ(desk.actions.recorded_answers.shapes[0].text, "here");
}

TEST(WatchPage, ToolsColoursAndUndoAreChosenByHandAndKey) {
  UiState state = drawing_on_watch();
  state.watch.draft.drawing = {{.kind = ShapeKind::Pen, .points = {{1, 1}}}};
  Desk desk(state, 1280, 800);
  desk.click("draw/box");
  desk.click("draw/green");
  desk.press({.character = 'z', .control = true});
  desk.press({.key = Key::Escape});
  EXPECT_EQ(desk.actions.calls,
            (std::vector<std::string>{"choose_tool box", "choose_color green", "undo_shape", "end_drawing"}));
}

TEST(WatchPage, ReactsByHandAndKey) {
  Desk desk(on(PageId::Watch), 1280, 800);
  desk.click("react/heart");
  desk.press({.character = '4', .control = true});
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"react heart", "react rocket"}));
}

TEST(WatchPage, ANameIsCompletedByEnterAndByHand) {
  UiState state = on(PageId::Watch);
  state.watch.answers.people = {{.id = "p1", .name = "Anna Maria"}, {.id = "p2", .name = "Anton"}};
  for (const bool by_hand : {false, true}) {
    SCOPED_TRACE(by_hand ? "by hand" : "by keys");
    Desk desk(state, 1280, 800);
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
  Desk desk(asked_on_watch(AskKind::Decision), 1280, 800);
  desk.click("ask/answer");
  desk.click("ask/later");
  desk.click("comment/c1/answer");
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"answer_ask c1", "pass_ask", "answer_ask c1"}));
}

TEST(WatchPage, WhatIsOnlyToBeKnownIsAcknowledged) {
  Desk desk(asked_on_watch(AskKind::Know), 1280, 800);
  desk.click("ask/got-it");
  EXPECT_TRUE(desk.actions.has("acknowledge c1"));
}

TEST(WatchPage, OnlyTheAuthorAsks) {
  UiState state = on(PageId::Watch);
  state.watch.clip.is_mine = false;
  EXPECT_FALSE(Desk(state, 1280, 800).ui.input().find("draft/ask"));
  state.watch.clip.is_mine = true;
  Desk desk(state, 1280, 800);
  desk.click("draft/ask");
  desk.state.watch.draft.ask = AskDraft{};
  desk.state.watch.answers.people = {{.id = "p1", .name = "Ben"}};
  desk.state.watch.answers.reply_by = {{"Thu 16:00", WallTime{}}};
  desk.frames(3);
  desk.click("ask-kind/0");
  desk.click("ask-for");
  desk.click("ask-for/menu/1");
  desk.click("ask-by");
  desk.click("ask-by/menu/1");
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"set_asking", "choose_ask_kind decision",
                                                          "toggle_asked p1", "choose_reply_by Thu 16:00"}));
}

TEST(WatchPage, ACommentOfMineIsChangedWhereItStands) {
  UiState state = on(PageId::Watch);
  state.watch.comments[0].is_mine = true;
  Desk desk(state, 1280, 800);
  desk.click("comment/c1/edit");
  desk.state.watch.answers.edit = CommentEdit{.comment = "c1", .text = "Other words"};
  desk.frames(3);
  desk.press({.key = Key::Enter, .control = true});
  desk.click("edit/cancel");
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"begin_edit c1", "send_edit", "cancel_edit"}));
}

TEST(WatchPage, AnAnswerIsRecordedInPlace) {
  UiState state = on(PageId::Watch);
  Desk desk(state, 1280, 800);
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
  Desk desk(state, 1280, 800);
  desk.click("comment/c1/media");
  EXPECT_TRUE(desk.actions.has("open_media c1"));
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

TEST(WatchPage, TheSpeedMenuSetsTheSpeedAndOpensNothingBehindIt) {
  Desk desk(on(PageId::Watch), 1280, 800);
  desk.click("speed");
  desk.click("speed/menu/6");
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"set_speed 2"}));
}

TEST(RecordPage, SpaceStartsAndStopIsNeverEscape) {
  Desk desk(on(PageId::Record), 1280, 800);
  desk.press({.key = Key::Space});
  EXPECT_TRUE(desk.actions.has("begin_recording"));
  desk.state.record.phase = RecordPhase::Recording;
  desk.press({.key = Key::Escape});
  EXPECT_FALSE(desk.actions.has("go_back"));
  desk.click("stop");
  EXPECT_TRUE(desk.actions.has("stop_recording"));
}

TEST(RecordPage, KeysMuteAndSayAgainWhileATakeRuns) {
  UiState state = on(PageId::Record);
  state.record.phase = RecordPhase::Recording;
  Desk desk(state, 1280, 800);
  desk.key('m');
  desk.state.record.status.is_muted = true;
  desk.key('m');
  desk.key('b');
  EXPECT_EQ(desk.actions.calls,
            (std::vector<std::string>{"mute_recording", "unmute_recording", "say_again"}));
}

TEST(RecordPage, DrawsOnTheScreenByKeyAndButtonWhereThatIsPossible) {
  UiState state = on(PageId::Record);
  state.record.phase = RecordPhase::Recording;
  state.record.can_draw = false;
  Desk desk(state, 1280, 800);
  desk.key('d');
  EXPECT_TRUE(desk.actions.calls.empty());
  desk.state.record.can_draw = true;
  desk.key('d');
  desk.state.record.is_drawing = true;
  desk.click("draw");
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"draw", "draw_no_more"}));
}

TEST(RecordPage, BeginningAnewAsksFirst) {
  UiState state = on(PageId::Record);
  state.record.phase = RecordPhase::Recording;
  Desk desk(state, 1280, 800);
  desk.click("restart");
  EXPECT_TRUE(desk.actions.calls.empty());
  desk.click("question/yes");
  EXPECT_TRUE(desk.actions.has("restart_recording"));
}

TEST(RecordPage, TheStripHasAllThatATakeNeeds) {
  UiState state = on(PageId::Record);
  state.record.phase = RecordPhase::Recording;
  state.record.is_strip = true;
  Desk desk(state, 560, 72);
  for (const std::string part : {"draw", "mute", "say-again", "pause", "stop"}) desk.click(part);
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"draw", "mute_recording", "say_again",
                                                          "pause_recording", "stop_recording"}));
}

TEST(RecordPage, NotesAreTypedBeforeTheTake) {
  Desk desk(on(PageId::Record), 1280, 800);
  desk.click("notes");
  desk.frames(2);
  desk.window->type("Say hello");
  desk.frames(2);
  EXPECT_TRUE(desk.actions.has("edit_notes Say hello"));
}

TEST(RecordPage, ADeviceIsChosenFromItsMenu) {
  Desk desk(on(PageId::Record), 1280, 800);
  desk.click("device/microphone");
  desk.click("device/microphone/menu/1");
  EXPECT_TRUE(desk.actions.has("choose_device 3 pulse:a"));
}

TEST(PublishPage, TheButtonPublishes) {
  Desk desk(on(PageId::Publish), 1280, 800);
  desk.click("publish");
  EXPECT_TRUE(desk.actions.has("publish"));
}

TEST(PublishPage, ItsButtonsStayInASmallWindowFullOfTrouble) {
  UiState state = crowded_state();
  state.page = PageId::Publish;
  state.notices.clear();
  state.publish.phase = PublishPhase::Failed;
  state.publish.failure = std::string(600, 'x');
  Desk desk(state, 900, 600);
  desk.click("publish");
  EXPECT_TRUE(desk.actions.has("publish"));
}

TEST(PublishPage, ATitleChangedByTheApplicationIsNotWrittenOver) {
  Desk desk(on(PageId::Publish), 1280, 800);
  desk.click("title");
  desk.state.publish.title = "Another take";
  desk.frames(3);
  EXPECT_TRUE(desk.actions.calls.empty());
}

TEST(PublishPage, TypingGoesOnWhileTheStateFollows) {
  UiState state = on(PageId::Publish);
  state.publish.title = "";
  Desk desk(state, 1280, 800);
  for (const char* text : {"a", "b", "c"}) {
    desk.window->type(text);
    desk.frames(1);
    if (!desk.actions.calls.empty()) desk.state.publish.title = desk.actions.calls.back().substr(11);
  }
  EXPECT_EQ(desk.state.publish.title, "abc");
}

UiState trimmed() {
  UiState state = on(PageId::Publish);
  state.publish.review.trim = {.from = seconds(38), .to = seconds(191)};
  state.publish.review.player.position = seconds(77);
  return state;
}

TEST(PublishPage, KeysPlayAndSetTheClipsBeginningAndEnd) {
  Desk desk(trimmed(), 1280, 800);
  desk.press({.key = Key::Space});
  desk.key('i');
  desk.key('o');
  desk.press({.character = 'i', .shift = true});
  desk.press({.character = 'o', .shift = true});
  desk.press({.key = Key::Right});
  desk.key(',');
  EXPECT_EQ(
      desk.actions.calls,
      (std::vector<std::string>{"play_pause", "trim_take 77000000 191000000", "trim_take 38000000 77000000",
                                "seek 38000000", "seek 191000000", "seek 82000000", "step_frames -1"}));
}

TEST(PublishPage, KeysAreTheTitlesWhileItIsTyped) {
  UiState state = trimmed();
  state.publish.title = "";
  Desk desk(state, 1280, 800);
  desk.key('i');
  EXPECT_FALSE(desk.actions.has("trim_take 77000000 191000000"));
}

TEST(PublishPage, AHandleIsDraggedAndShowsWhereItIs) {
  Desk desk(trimmed(), 1280, 800);
  const Box handle = desk.ui.input().find("trim/in").value();
  const Box bar = desk.ui.input().find("trim").value();
  desk.window->move_mouse(handle.middle().x, handle.middle().y);
  desk.frames(2);
  desk.window->set_mouse_down(true);
  desk.frames(2);
  desk.window->move_mouse(bar.left + bar.width() / 2, handle.middle().y);
  desk.frames(2);
  ASSERT_EQ(desk.actions.calls.size(), 2U);
  EXPECT_EQ(desk.actions.calls[0].substr(0, 12), "trim_take 12");
  EXPECT_EQ(desk.actions.calls[1].substr(0, 7), "seek 12");
  // Past the other one it stops before it.
  desk.window->move_mouse(bar.right, handle.middle().y);
  desk.frames(2);
  EXPECT_EQ(desk.actions.calls.at(2), "trim_take 190500000 191000000");
}

TEST(PublishPage, TheBarSeeksAndTheButtonKeepsAll) {
  Desk desk(trimmed(), 1280, 800);
  desk.click("trim");
  ASSERT_FALSE(desk.actions.calls.empty());
  EXPECT_EQ(desk.actions.calls[0].substr(0, 7), "seek 12");
  desk.click("trim/none");
  EXPECT_TRUE(desk.actions.has("trim_take - -"));
  desk.click("play");
  EXPECT_TRUE(desk.actions.has("play_pause"));
}

TEST(PublishPage, WhatIsHandedOverIsNotTrimmed) {
  UiState state = trimmed();
  state.publish.review.is_open = false;
  Desk desk(state, 1280, 800);
  EXPECT_FALSE(desk.ui.input().find("trim/in").has_value());
  desk.key('i');
  EXPECT_TRUE(desk.actions.calls.empty());
}

TEST(TrimPoints, AtTheTakesEndsTheyAreNone) {
  const Trim trim{.from = seconds(3), .to = seconds(8)};
  EXPECT_EQ(begun_at(trim, MediaTime{}, seconds(10)), (Trim{.from = {}, .to = seconds(8)}));
  EXPECT_EQ(ended_at(trim, seconds(10), seconds(10)), (Trim{.from = seconds(3), .to = {}}));
  EXPECT_EQ(ended_at(trim, seconds(99), seconds(10)), (Trim{.from = seconds(3), .to = {}}));
}

TEST(TrimPoints, OneThatIsSetBeyondTheOtherWins) {
  const Trim trim{.from = seconds(3), .to = seconds(8)};
  EXPECT_EQ(begun_at(trim, seconds(9), seconds(10)), (Trim{.from = seconds(9), .to = {}}));
  EXPECT_EQ(ended_at(trim, seconds(2), seconds(10)), (Trim{.from = {}, .to = seconds(2)}));
  EXPECT_EQ(begun_at({}, seconds(10), seconds(10)).from, seconds(10) - kShortestTrim);
}

TEST(TrimPoints, ATakeTooShortHasNone) {
  EXPECT_FALSE(begun_at({}, MediaTime(100'000), MediaTime(400'000)).is_set());
  EXPECT_FALSE(ended_at({}, MediaTime(100'000), MediaTime(400'000)).is_set());
}

TEST(SettingsPage, TheDesktopsLooksAndNoMotionAreChosen) {
  Desk desk(on(PageId::Settings), 1280, 1400);
  desk.click("theme/2");
  EXPECT_TRUE(desk.actions.has("set_theme 2"));
  desk.click("theme/0");
  EXPECT_TRUE(desk.actions.has("set_theme 0"));
  desk.click("motion");
  EXPECT_TRUE(desk.actions.has("set_motion false"));
}

TEST(SettingsPage, ClicksAndTheWidestPictureAreChosen) {
  Desk desk(on(PageId::Settings), 1280, 1400);
  desk.click("clicks");
  EXPECT_TRUE(desk.actions.has("set_highlight_clicks false"));
  desk.click("send-while-recording");
  EXPECT_TRUE(desk.actions.has("set_send_while_recording false"));
  desk.click("max-width/2");
  EXPECT_TRUE(desk.actions.has("set_max_width 3840"));
}

TEST(SettingsPage, SendingIsPausedAndLimited) {
  Desk desk(on(PageId::Settings), 1280, 1400);
  desk.click("pause-sending");
  EXPECT_TRUE(desk.actions.has("pause_sending true"));
  desk.click("sending-limit/1");
  EXPECT_TRUE(desk.actions.has("limit_sending 1000"));
  desk.click("sending-limit/4");
  EXPECT_TRUE(desk.actions.has("limit_sending 0"));
}

TEST(SettingsPage, LeavingALibraryAsksFirst) {
  UiState state = on(PageId::Settings);
  state.settings.libraries = {{.id = "a", .name = "Team", .url = "folder:/a", .is_first = true, .waiting = 2},
                              {.id = "", .name = "", .url = "folder:/b", .state = "Away", .is_well = false}};
  for (const std::string url : {"folder:/a", "folder:/b"}) {
    Desk desk(state, 1280, 800);
    desk.click("library/" + url + "/leave");
    EXPECT_TRUE(desk.actions.calls.empty());
    desk.click("question/yes");
    EXPECT_EQ(desk.actions.calls, std::vector{"leave_library " + url});
  }
}

TEST(SettingsPage, ABeginningOfWorkGetsAUsualEnd) {
  UiState state = on(PageId::Settings);
  state.settings.hours_from.clear();
  state.settings.hours_to.clear();
  Desk desk(state, 1280, 800);
  desk.click("hours-from");
  desk.frames(2);
  desk.click("hours-from/menu/0");
  EXPECT_EQ(desk.actions.calls, std::vector<std::string>{"set_hours 00:00 17:00"});
}

TEST(SettingsPage, RoomForClipsIsChosen) {
  Desk desk(on(PageId::Settings), 1280, 1400);
  desk.click("prefetch/0");
  EXPECT_TRUE(desk.actions.has("set_prefetch 0"));
  desk.click("cache/2");
  EXPECT_TRUE(desk.actions.has("set_cache_limit 16"));
}

TEST(WatchPage, AClipIsKeptOffline) {
  Desk desk(on(PageId::Watch), 1280, 800);
  desk.click("more");
  desk.click("more/menu/2");
  ASSERT_FALSE(desk.actions.calls.empty());
  EXPECT_TRUE(desk.actions.calls.back().starts_with("keep_clip ")) << desk.actions.calls.back();
  EXPECT_TRUE(desk.actions.calls.back().ends_with(" true"));
}

TEST(WatchPage, AClipOfMineIsMovedAfterAQuestion) {
  UiState state = on(PageId::Watch);
  state.watch.clip.is_mine = true;
  state.watch.clip.library_id = "lib1";
  state.inbox.libraries = {{"lib1", "The team"}, {"lib2", "The client"}};
  Desk desk(state, 1280, 800);
  desk.click("more");
  desk.click("more/menu/3");
  desk.click("move/menu/0");
  EXPECT_FALSE(desk.actions.has("move_clip " + state.watch.clip.id + " lib2"));
  desk.click("question/yes");
  EXPECT_TRUE(desk.actions.has("move_clip " + state.watch.clip.id + " lib2"));
}

TEST(Notices, CanBeActedOnAndDismissed) {
  UiState state = crowded_state();
  Desk desk(state, 1280, 800);
  desk.click("notice/1/action");
  desk.click("notice/2/close");
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"run_notice_action 1", "dismiss_notice 2"}));
}

TEST(Keyboard, TabAndEnterReachAndPressControls) {
  Desk desk(on(PageId::Inbox), 1280, 800);
  desk.press({.key = Key::Tab});
  desk.press({.key = Key::Enter});
  EXPECT_TRUE(desk.actions.has("show_page 1")) << "the first control is New update";
}

TEST(Keyboard, QuestionMarkShowsTheSheetAndEscapeCloses) {
  Desk desk(on(PageId::Inbox), 1280, 800);
  desk.key('?');
  EXPECT_TRUE(desk.actions.has("show_shortcuts true"));
  desk.state.shortcuts_shown = true;
  desk.press({.key = Key::Escape});
  EXPECT_TRUE(desk.actions.has("show_shortcuts false"));
}

TEST(Textures, APictureThatStandsStillIsUploadedOnce) {
  UiState state = on(PageId::Watch);
  Desk desk(state, 1280, 800);
  const auto before = desk.window->canvas().textures().uploads();
  desk.frames(5);
  EXPECT_EQ(desk.window->canvas().textures().uploads(), before);
  desk.state.watch.screen = slide_picture(640, 360, 1);
  desk.frames(2);
  EXPECT_EQ(desk.window->canvas().textures().uploads(), before + 1);
}

}  // namespace
}  // namespace meanwhile
