// Every page drawn into memory from scripted states, and what clicks and keys on it ask for; those of
// recording and publishing, and the Watch page's, have files of their own.
#include <gtest/gtest.h>

#include "tests/app/ui/page_desk.h"

namespace meanwhile {
namespace {

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

TEST(SettingsPage, TheDesktopsLooksAndNoMotionAreChosen) {
  PageDesk desk(on(PageId::Settings), 1280, 1500);
  desk.click("theme/2");
  EXPECT_TRUE(desk.actions.has("change theme light"));
  desk.click("theme/0");
  EXPECT_TRUE(desk.actions.has("change theme system"));
  desk.click("motion");
  EXPECT_TRUE(desk.actions.has("change motion false"));
}

TEST(SettingsPage, ClicksAndTheWidestPictureAreChosen) {
  PageDesk desk(on(PageId::Settings), 1280, 1900);
  desk.click("highlight-clicks");
  EXPECT_TRUE(desk.actions.has("change highlight_clicks false"));
  desk.click("upload-while-recording");
  EXPECT_TRUE(desk.actions.has("change upload_while_recording false"));
  desk.click("max-width/2");
  EXPECT_TRUE(desk.actions.has("change max_width 3840"));
}

TEST(SettingsPage, SendingIsPausedAndLimited) {
  PageDesk desk(on(PageId::Settings), 1280, 2060);
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
  PageDesk desk(on(PageId::Settings), 1280, 2000);
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
