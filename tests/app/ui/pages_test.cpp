// Every page drawn into memory from scripted states, and what clicks and keys on it ask for; the Watch page's
// have files of their own.
#include <gtest/gtest.h>

#include "app/ui/trim_points.h"
#include "tests/app/ui/page_desk.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

struct WindowShape {
  int width;
  int height;
  float scale;
  ThemeChoice theme;
};

class EveryPage : public testing::TestWithParam<WindowShape> {};

// One window for all: going from any state to any other must do as little harm.
TEST_P(EveryPage, IsDrawnInEveryStateWithoutAskingForAnything) {
  PageDesk desk(UiState{}, GetParam().width, GetParam().height, GetParam().scale);
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

TEST(SettingsPage, OneLibraryIsLookedAtAtATime) {
  UiState state = on(PageId::Settings);
  state.settings.is_adding = true;
  PageDesk desk(state, 1280, 1400);
  desk.click("library");
  desk.window->type("folder:/srv/team");
  desk.frames(2);
  desk.press({.key = Key::Enter});
  EXPECT_TRUE(desk.actions.calls.empty());
}

// What was meant for a field, with a letter and a space in it.
TEST(AnyPage, TypingNeverRecords) {
  for (const PageId page : {PageId::Inbox, PageId::Watch, PageId::Settings, PageId::Record}) {
    PageDesk desk(on(page), 1280, 800);
    for (const char letter : {'r', 'R'}) desk.key(letter);
    desk.press({.key = Key::Space});
    EXPECT_FALSE(desk.actions.has("begin_recording"));
    EXPECT_FALSE(desk.actions.has("show_page 1"));
  }
}

TEST(AnyPage, SlashSearches) {
  PageDesk desk(on(PageId::Settings), 1280, 800);
  desk.key('/');
  EXPECT_TRUE(desk.actions.has("begin_search"));
}

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

TEST(SettingsPage, TheDesktopsLooksAndNoMotionAreChosen) {
  PageDesk desk(on(PageId::Settings), 1280, 1400);
  desk.click("theme/2");
  EXPECT_TRUE(desk.actions.has("change theme light"));
  desk.click("theme/0");
  EXPECT_TRUE(desk.actions.has("change theme system"));
  desk.click("motion");
  EXPECT_TRUE(desk.actions.has("change motion false"));
}

TEST(SettingsPage, ClicksAndTheWidestPictureAreChosen) {
  PageDesk desk(on(PageId::Settings), 1280, 1600);
  desk.click("highlight-clicks");
  EXPECT_TRUE(desk.actions.has("change highlight_clicks false"));
  desk.click("upload-while-recording");
  EXPECT_TRUE(desk.actions.has("change upload_while_recording false"));
  desk.click("max-width/2");
  EXPECT_TRUE(desk.actions.has("change max_width 3840"));
}

TEST(SettingsPage, SendingIsPausedAndLimited) {
  PageDesk desk(on(PageId::Settings), 1280, 1700);
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
    PageDesk desk(state, 1280, 800);
    desk.click("library/" + url + "/leave");
    EXPECT_TRUE(desk.actions.calls.empty());
    desk.click("question/yes");
    EXPECT_EQ(desk.actions.calls, std::vector{"leave_library " + url});
  }
}

TEST(SettingsPage, AnAdminRemovesMembersAfterAQuestionAndMakesAdmins) {
  UiState state = on(PageId::Settings);
  LibraryView team{.id = "a", .name = "Team", .url = "folder:/a", .is_first = true, .is_sealed = true};
  team.members = {{.person = "anna", .name = "Anna", .is_admin = true, .is_me = true},
                  {.person = "ben", .name = "Ben"},
                  {.person = "dev", .name = "Dev", .is_removed = true}};
  team.am_admin = true;
  state.settings.libraries = {team};
  PageDesk desk(state, 1280, 900);
  desk.click("member/ben/remove");
  EXPECT_TRUE(desk.actions.calls.empty());
  desk.click("question/yes");
  desk.click("member/ben/more");
  desk.frames(2);
  desk.click("member/menu/0");
  const std::vector<std::string> wanted{"remove_member folder:/a ben", "set_admin folder:/a ben true"};
  EXPECT_EQ(desk.actions.calls, wanted);
  EXPECT_FALSE(desk.ui.input().find("member/anna/remove")) << "oneself";
  EXPECT_FALSE(desk.ui.input().find("member/dev/remove"));
}

TEST(SettingsPage, WhoIsNoAdminSeesTheMembersOnly) {
  UiState state = on(PageId::Settings);
  LibraryView team{.id = "a", .name = "Team", .url = "folder:/a", .is_first = true, .is_sealed = true};
  team.members = {{.person = "anna", .name = "Anna", .is_admin = true},
                  {.person = "ben", .name = "Ben", .is_me = true}};
  state.settings.libraries = {team};
  PageDesk desk(state, 1280, 900);
  EXPECT_FALSE(desk.ui.input().find("member/anna/remove"));
  EXPECT_FALSE(desk.ui.input().find("member/anna/more"));
}

TEST(SettingsPage, ABeginningOfWorkGetsAUsualEnd) {
  UiState state = on(PageId::Settings);
  state.settings.hours_from.clear();
  state.settings.hours_to.clear();
  PageDesk desk(state, 1280, 800);
  desk.click("hours-from");
  desk.frames(2);
  desk.click("hours-from/menu/0");
  EXPECT_EQ(desk.actions.calls, std::vector<std::string>{"change hours 00:00-17:00"});
}

TEST(SettingsPage, RoomForClipsIsChosen) {
  PageDesk desk(on(PageId::Settings), 1280, 1400);
  desk.click("prefetch/0");
  EXPECT_TRUE(desk.actions.has("change prefetch_mb 0"));
  desk.click("cache/2");
  EXPECT_TRUE(desk.actions.has("change cache_limit_gb 16.0"));
}

TEST(SettingsPage, WorkingDaysAreSwitchedAndTheLastOneStays) {
  PageDesk desk(on(PageId::Settings), 1280, 800);
  desk.click("work-day/fri");
  EXPECT_TRUE(desk.actions.has("change work_days mon,tue,wed,thu"));
  desk.actions.calls.clear();
  desk.state.settings.work_days = "mon";
  desk.frames(2);
  desk.click("work-day/mon");
  EXPECT_TRUE(desk.actions.calls.empty());
}

TEST(SettingsPage, WhatOthersSeeAndNotificationsAreSwitches) {
  PageDesk desk(on(PageId::Settings), 1280, 800);
  desk.click("share-watching");
  EXPECT_TRUE(desk.actions.has("change share_watching false"));
  desk.click("notify");
  EXPECT_TRUE(desk.actions.has("change notify false"));
}

TEST(Notices, CanBeActedOnAndDismissed) {
  UiState state = crowded_state();
  PageDesk desk(state, 1280, 800);
  desk.click("notice/1/action");
  desk.click("notice/2/close");
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"run_notice_action 1", "dismiss_notice 2"}));
}

TEST(Keyboard, TabAndEnterReachAndPressControls) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  desk.press({.key = Key::Tab});
  desk.press({.key = Key::Enter});
  EXPECT_TRUE(desk.actions.has("show_page 1")) << "the first control is New update";
}

TEST(Keyboard, ArrowsAndFirstLettersFindAMenusItem) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  desk.click("order");
  desk.press({.key = Key::Down});
  desk.press({.key = Key::Enter});
  desk.click("order");
  desk.key('l');
  desk.press({.key = Key::Enter});
  desk.click("order");
  desk.press({.key = Key::End});
  desk.press({.key = Key::Escape});
  EXPECT_EQ(desk.actions.calls, (std::vector<std::string>{"choose_order 1", "choose_order 3"}));
}

TEST(Keyboard, AMenuOpenedByAKeyIsLeftWhereItWasOpened) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  while (desk.ui.input().focused() != "order") desk.press({.key = Key::Tab});
  desk.press({.key = Key::Enter});
  desk.frames(1);
  EXPECT_EQ(desk.ui.input().focused(), "order/menu/0");
  EXPECT_TRUE(desk.actions.calls.empty());
  desk.press({.key = Key::Escape});
  EXPECT_EQ(desk.ui.input().focused(), "order");
}

TEST(Keyboard, TabReachesWhatIsScrolledOutOfSightAndShowsIt) {
  PageDesk desk(on(PageId::Settings), 900, 600);
  EXPECT_FALSE(desk.ui.input().find("pause-sending"));
  for (int i = 0; i < 80 && desk.ui.input().focused() != "pause-sending"; ++i) desk.press({.key = Key::Tab});
  desk.frames(2);
  EXPECT_TRUE(desk.ui.input().find("pause-sending"));
}

TEST(Keyboard, QuestionMarkShowsTheSheetAndEscapeCloses) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  desk.key('?');
  EXPECT_TRUE(desk.actions.has("show_shortcuts true"));
  desk.state.shortcuts_shown = true;
  desk.press({.key = Key::Escape});
  EXPECT_TRUE(desk.actions.has("show_shortcuts false"));
}

TEST(Textures, APictureThatStandsStillIsUploadedOnce) {
  UiState state = on(PageId::Watch);
  PageDesk desk(state, 1280, 800);
  const auto before = desk.window->canvas().textures().uploads();
  desk.frames(5);
  EXPECT_EQ(desk.window->canvas().textures().uploads(), before);
  desk.state.watch.screen = slide_picture(640, 360, 1);
  desk.frames(2);
  EXPECT_EQ(desk.window->canvas().textures().uploads(), before + 1);
}

}  // namespace
}  // namespace meanwhile
