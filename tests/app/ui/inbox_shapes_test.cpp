// The Inbox as cards and as a list, what can be done with an update from there, and the newcomer's card.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "app/ui/overlays.h"
#include "app/ui/widgets/clip_card.h"
#include "tests/app/ui/page_desk.h"

namespace meanwhile {
namespace {

int clips_whole_in_sight(const PageDesk& desk) {
  int count = 0;
  float height = 0;
  for (const ClipCard& clip : desk.state.inbox.clips) {
    const auto box = desk.ui.input().find("clip/" + clip.id);
    if (!box) continue;
    height = std::max(height, box->height());
    count += box->height() >= height ? 1 : 0;
  }
  return count;
}

TEST(InboxShapes, SixUpdatesAreSeenAtOnceThoughSectionsAreSmall) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  EXPECT_GE(clips_whole_in_sight(desk), 6);
  // A section of one card shares its row with the next.
  EXPECT_EQ(desk.ui.input().find("clip/clip1")->top, desk.ui.input().find("clip/clip2")->top);
}

TEST(InboxShapes, AListShowsMoreAndIsRemembered) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  desk.click("view");
  EXPECT_TRUE(desk.actions.has("change inbox_as_list true"));
  desk.state.settings.chosen.inbox_as_list = true;
  desk.frames(2);
  EXPECT_GE(clips_whole_in_sight(desk), 6);
  EXPECT_GT(desk.ui.input().find("clip/clip2")->top, desk.ui.input().find("clip/clip1")->bottom);
  desk.click("clip/clip3");
  EXPECT_TRUE(desk.actions.has("open_clip clip3"));
}

TEST(InboxShapes, TheRightButtonOpensWhatCanBeDoneWithAnUpdate) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  desk.click_right("clip/clip1");
  desk.frames(2);
  EXPECT_TRUE(desk.actions.calls.empty());
  desk.click("clip/menu/1");
  EXPECT_EQ(desk.actions.calls, std::vector<std::string>{"mark_watched clip1"});
}

TEST(InboxShapes, TheMenuKeyDoesTheSame) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  for (int i = 0; i < 40 && desk.ui.input().focused() != "clip/clip1"; ++i) desk.press({.key = Key::Tab});
  desk.press({.key = Key::Menu});
  desk.frames(2);
  desk.click("clip/menu/2");
  EXPECT_TRUE(desk.actions.has("copy_link clip1"));
}

TEST(InboxShapes, AllAreMarkedAsWatchedAfterAQuestion) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  desk.click("list/more");
  desk.frames(2);
  desk.click("list/menu/0");
  desk.frames(2);
  EXPECT_TRUE(desk.actions.calls.empty());
  desk.click("question/yes");
  EXPECT_EQ(desk.actions.calls, std::vector<std::string>{"mark_all_watched"});
}

TEST(InboxShapes, ATooltipTellsMoreThanADate) {
  ClipCard clip{.id = "c", .title = "Budget", .author = {"p", "Ada"}, .channel = "releases"};
  clip.age = "2 h ago";
  clip.sent_at = "Thursday, 19 November 2026, 14:32";
  clip.duration = std::chrono::seconds(252);
  clip.comments = 4;
  clip.new_comments = 2;
  clip.library = "Team";
  const std::string tip = clip_tip(clip);
  for (const char* part : {"Budget", "Ada", "14:32", "Team · # releases", "4:12", "4 comments, 2 new"})
    EXPECT_NE(tip.find(part), std::string::npos) << part << " in\n" << tip;
}

UiState newcomer() {
  UiState state = on(PageId::Inbox);
  state.inbox.clips.clear();
  state.inbox.total = 0;
  state.inbox.sections.clear();
  state.settings.chosen.greeted = false;
  return state;
}

TEST(Welcome, IsAnsweredInOnePress) {
  PageDesk desk(newcomer(), 1280, 800);
  desk.click("welcome/try");
  EXPECT_TRUE(desk.actions.has("change name Samuel Okonkwo"));
  EXPECT_TRUE(desk.actions.has("change greeted true"));
}

TEST(Welcome, CanBePutAwayAndIsNeverInTheWay) {
  PageDesk desk(newcomer(), 1280, 800);
  desk.click("nav/settings");
  EXPECT_TRUE(desk.actions.has("show_page 4"));
  desk.click("welcome/close");
  EXPECT_TRUE(desk.actions.has("change greeted true"));
}

TEST(Welcome, JoiningAsksForAnInvitationRightThere) {
  PageDesk desk(newcomer(), 1280, 800);
  desk.click("welcome/join");
  desk.state.settings.chosen.greeted = true;
  desk.frames(2);
  desk.click("library-folder");
  EXPECT_TRUE(desk.actions.has("choose_folder"));
  desk.click("library");
  desk.window->type("/srv/team");
  desk.frames(2);
  desk.click("add-library");
  EXPECT_TRUE(desk.actions.has("add_library /srv/team"));
  ++desk.state.settings.library_added;
  desk.frames(3);
  EXPECT_FALSE(desk.ui.input().find("library-folder").has_value());
}

TEST(Settings, AZoneIsFoundByItsCity) {
  PageDesk desk(on(PageId::Settings), 1280, 800);
  desk.click("zone");
  desk.frames(3);
  desk.window->type("syd");
  desk.frames(3);
  EXPECT_FALSE(desk.ui.input().find("zone/menu/0").has_value());
  desk.click("zone/menu/3");
  EXPECT_TRUE(desk.actions.has("change time_zone Australia/Sydney"));
}

TEST(Settings, WhatIsNoAddressCannotBeAdded) {
  PageDesk desk(on(PageId::Settings), 1280, 1400);
  desk.click("library");
  desk.window->type("fodler:/srv/team");
  desk.frames(2);
  EXPECT_FALSE(desk.ui.input().find("add-library").has_value());
}

TEST(Menus, AreSearchedByWordsThoseThatBeginWithThemFirst) {
  const std::vector<MenuItem> items{
      {.label = "Singapore", .detail = {}, .icon = {}, .words = "Asia/Singapore"},
      {.label = "Zürich", .detail = {}, .icon = {}, .words = "Europe/Zurich"},
      {.label = "Lord Howe", .detail = {}, .icon = {}, .words = "Australia/Lord_Howe near Sydney"},
      {.label = "Sydney", .detail = {}, .icon = {}, .words = "Australia/Sydney"}};
  EXPECT_EQ(items_found(items, "syd"), (std::vector<std::size_t>{3, 2}));
  EXPECT_EQ(items_found(items, "zurich"), std::vector<std::size_t>{1});
  EXPECT_EQ(items_found(items, "").size(), 4U);
  EXPECT_TRUE(items_found(items, "ydney").empty());
}

}  // namespace
}  // namespace meanwhile
