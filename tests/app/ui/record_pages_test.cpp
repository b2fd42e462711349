// Recording and publishing: what clicks and keys on the two pages ask for.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/ui/trim_points.h"
#include "tests/app/ui/page_desk.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

TEST(RecordPage, ControlRStartsAndStopIsNeverEscape) {
  PageDesk desk(on(PageId::Record), 1280, 800);
  desk.press({.character = 'r', .control = true});
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
  PageDesk desk(state, 1280, 800);
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
  PageDesk desk(state, 1280, 800);
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
  PageDesk desk(state, 1280, 800);
  desk.click("restart");
  EXPECT_TRUE(desk.actions.calls.empty());
  desk.click("question/yes");
  EXPECT_TRUE(desk.actions.has("restart_recording"));
}

TEST(RecordPage, TheStripHasAllThatATakeNeeds) {
  UiState state = on(PageId::Record);
  state.record.phase = RecordPhase::Recording;
  state.record.is_strip = true;
  PageDesk desk(state, 560, 72);
  for (const std::string part : {"draw", "mute", "say-again", "pause", "stop"}) desk.click(part);
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"draw", "mute_recording", "say_again",
                                                          "pause_recording", "stop_recording"}));
}

TEST(RecordPage, NotesAreTypedBeforeTheTake) {
  PageDesk desk(on(PageId::Record), 1280, 800);
  desk.click("notes");
  desk.frames(2);
  desk.window->type("Say hello");
  desk.frames(2);
  EXPECT_TRUE(desk.actions.has("edit_notes Say hello"));
}

TEST(RecordPage, ADeviceIsChosenFromItsMenu) {
  PageDesk desk(on(PageId::Record), 1280, 800);
  desk.click("device/microphone");
  desk.click("device/microphone/menu/1");
  EXPECT_TRUE(desk.actions.has("choose_device 3 pulse:a"));
}

TEST(RecordPage, AreaAndFrameRateAreChosenThere) {
  PageDesk desk(on(PageId::Record), 1280, 800);
  desk.click("device/screen");
  desk.click("device/screen/menu/3");
  EXPECT_TRUE(desk.actions.has("choose_area"));
  desk.click("frame-rate/2");
  EXPECT_TRUE(desk.actions.has("choose_frame_rate 60"));
}

TEST(RecordPage, ARehearsalIsBegunByItsButtonAndEndedByEscape) {
  PageDesk desk(on(PageId::Record), 1280, 800);
  desk.click("rehearse");
  EXPECT_TRUE(desk.actions.has("rehearse"));
  desk.state.record.phase = RecordPhase::Rehearsed;
  desk.press({.key = Key::Escape});
  EXPECT_TRUE(desk.actions.has("end_rehearsal"));
  EXPECT_FALSE(desk.actions.has("go_back"));
}

TEST(PublishPage, TheButtonPublishes) {
  PageDesk desk(on(PageId::Publish), 1280, 800);
  desk.click("publish");
  EXPECT_TRUE(desk.actions.has("publish"));
}

TEST(PublishPage, EnterPublishes) {
  PageDesk desk(on(PageId::Publish), 1280, 800);
  desk.press({.key = Key::Enter});
  EXPECT_TRUE(desk.actions.has("publish"));
}

TEST(PublishPage, WhatIsPublishedCanBeWatchedAndPassedOn) {
  UiState state = on(PageId::Publish);
  state.publish.phase = PublishPhase::Published;
  state.publish.take = "clip1";
  PageDesk desk(state, 1280, 800);
  desk.click("copy-link");
  desk.click("watch");
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"copy_link clip1", "open_clip clip1"}));
}

TEST(PublishPage, ChoosesTheMorningOfEach) {
  PageDesk desk(on(PageId::Publish), 1280, 800);
  desk.click("delivery/1");
  EXPECT_TRUE(desk.actions.has("deliver_in_the_morning true"));
}

TEST(PublishPage, ItsButtonsStayInASmallWindowFullOfTrouble) {
  UiState state = crowded_state();
  state.page = PageId::Publish;
  state.notices.clear();
  state.publish.phase = PublishPhase::Failed;
  state.publish.failure = std::string(600, 'x');
  PageDesk desk(state, 900, 600);
  desk.click("publish");
  EXPECT_TRUE(desk.actions.has("publish"));
}

TEST(PublishPage, ATitleChangedByTheApplicationIsNotWrittenOver) {
  PageDesk desk(on(PageId::Publish), 1280, 800);
  desk.click("title");
  desk.state.publish.title = "Another take";
  desk.frames(3);
  EXPECT_TRUE(desk.actions.calls.empty());
}

TEST(PublishPage, TypingGoesOnWhileTheStateFollows) {
  UiState state = on(PageId::Publish);
  state.publish.title = "";
  PageDesk desk(state, 1280, 800);
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
  PageDesk desk(trimmed(), 1280, 800);
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

TEST(PublishPage, AChapterIsAddedNamedAndRemovedWhereThePlayerIs) {
  PageDesk desk(trimmed(), 1280, 800);
  desk.key('c');
  EXPECT_TRUE(desk.actions.has("set_chapters 1:17"));
  desk.state.publish.review.chapters = {{seconds(77), ""}};
  desk.frames(2);
  desk.click("chapter/77000000");
  desk.window->type("Why");
  desk.frames(2);
  EXPECT_TRUE(desk.actions.has("set_chapters 1:17 Why"));
  desk.click("chapter/77000000/remove");
  EXPECT_EQ(desk.actions.calls.back(), "set_chapters ");
}

TEST(PublishPage, SlideChangesAreOfferedAsChapters) {
  UiState state = trimmed();
  state.publish.review.slides = {seconds(40), seconds(90)};
  PageDesk desk(state, 1280, 800);
  desk.click("chapters/slides");
  desk.frames(2);
  desk.click("slides/menu/0");
  EXPECT_TRUE(desk.actions.has("set_chapters 0:40, 1:30"));
}

TEST(PublishPage, KeysAreTheTitlesWhileItIsTyped) {
  UiState state = trimmed();
  state.publish.title = "";
  PageDesk desk(state, 1280, 800);
  desk.key('i');
  EXPECT_FALSE(desk.actions.has("trim_take 77000000 191000000"));
}

TEST(PublishPage, AHandleIsDraggedAndShowsWhereItIs) {
  PageDesk desk(trimmed(), 1280, 800);
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
  PageDesk desk(trimmed(), 1280, 800);
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
  PageDesk desk(state, 1280, 800);
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

}  // namespace
}  // namespace meanwhile
