// The Inbox page drawn into memory from scripted states, and what clicks and keys on it ask for.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <imgui.h>

#include <algorithm>

#include "tests/app/ui/page_desk.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

TEST(InboxPage, AClickOnACardOpensIt) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  desk.click("clip/clip2");
  EXPECT_TRUE(desk.actions.has("open_clip clip2"));
}

TEST(InboxPage, SlashPutsTheKeyboardIntoTheSearch) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  desk.key('/');
  EXPECT_TRUE(desk.actions.has("begin_search"));
  ++desk.state.inbox.searches_begun;
  desk.frames(2);
  desk.window->type("plan");
  desk.frames(2);
  EXPECT_TRUE(desk.actions.has("search plan"));
}

TEST(InboxPage, AnswersOfGuestsThatArePastedAreTakenUp) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  ImGui::SetClipboardText("just words");
  desk.press({.key = Key::Character, .character = 'v', .control = true});
  EXPECT_TRUE(desk.actions.calls.empty());
  ImGui::SetClipboardText("Here: meanwhile-answers:abc");
  desk.press({.key = Key::Character, .character = 'v', .control = true});
  EXPECT_TRUE(desk.actions.has("take_answers Here: meanwhile-answers:abc"));
}

// A take that was handed over isn't offered for publishing as if nothing had happened.

TEST(InboxPage, ATakeOnItsWayIsShownNotOffered) {
  UiState state = crowded_state();
  state.notices.clear();
  state.inbox.takes.resize(1);
  state.inbox.takes[0].is_on_its_way = true;
  state.inbox.takes[0].state = "Waits: sending is paused";
  PageDesk desk(state, 1280, 800);
  desk.click("take/" + state.inbox.takes[0].id + "/open");
  EXPECT_TRUE(desk.actions.has("open_take " + state.inbox.takes[0].id));
}

TEST(InboxPage, DiscardingATakeAsksFirst) {
  UiState state = crowded_state();
  state.notices.clear();
  PageDesk desk(state, 1280, 800);
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
  PageDesk desk(state, 900, 600);
  desk.click("clip/" + clip);
  EXPECT_TRUE(desk.actions.calls.empty());
  desk.click("question/yes");
  EXPECT_EQ(desk.actions.calls, std::vector{"restore_clip " + clip});
}

TEST(InboxPage, PPlaysAllThatIsNewAndSoDoesTheButton) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  desk.key('p');
  desk.click("play-all");
  EXPECT_EQ(std::ranges::count(desk.actions.calls, "play_all"), 2);
}

TEST(InboxPage, ChoosesFilterAndOrder) {
  PageDesk desk(on(PageId::Inbox), 900, 600);
  desk.click("filter/3");
  EXPECT_TRUE(desk.actions.has("choose_filter 3"));
  desk.click("order");
  desk.frames(2);
  desk.click("order/menu/3");
  EXPECT_TRUE(desk.actions.has("choose_order 3"));
}

TEST(InboxPage, ArchivesAClipWithoutOpeningIt) {
  PageDesk desk(on(PageId::Inbox), 1280, 800);
  desk.click("clip/clip1/archive");
  EXPECT_EQ(desk.actions.calls, std::vector<std::string>{"archive_clip clip1 true"});
}

TEST(InboxPage, AHitOpensTheClipAtItsMoment) {
  UiState state = on(PageId::Inbox);
  state.inbox.search = "freeze";
  state.inbox.found = {
      {.kind = FoundKind::Comment, .clip = "clip9", .at = seconds(21), .text = "the freeze"}};
  PageDesk desk(state, 1280, 800);
  EXPECT_FALSE(desk.ui.input().find("clip/clip1"));
  desk.click("search/clear");
  EXPECT_EQ(std::exchange(desk.actions.calls, {}), std::vector<std::string>{"search "});
  desk.click("found/0");
  EXPECT_EQ(desk.actions.calls, std::vector<std::string>{"open_clip_at clip9 21000000"});
}

TEST(InboxPage, AsksOnlyForWhatIsSeenOfALongList) {
  UiState state = on(PageId::Inbox);
  state.inbox.sections.clear();
  state.inbox.total = 100'000;
  PageDesk desk(state, 1280, 800);
  ASSERT_FALSE(desk.actions.calls.empty());
  EXPECT_EQ(desk.actions.calls.front(), "show_clips 0 12");
  // Six are here already; once more are, it is content.
  for (int i = 0; i < 20; ++i) {
    desk.state.inbox.clips.push_back(desk.state.inbox.clips[0]);
    desk.state.inbox.clips.back().id = fmt::format("late{}", i);
  }
  desk.actions.calls.clear();
  desk.frames(2);
  EXPECT_TRUE(desk.actions.calls.empty());
}

TEST(InboxPage, ArchivesTheChannelThatIsLookedAt) {
  UiState state = on(PageId::Inbox);
  state.inbox.channel = "design";
  PageDesk desk(state, 1280, 800);
  desk.click("list/more");
  desk.frames(2);
  desk.click("list/menu/1");
  EXPECT_TRUE(desk.actions.has("archive_channel  design true"));
}

TEST(InboxPage, ArchivedChannelIsOutOfTheSidebarUnlessArchivedOnesAreShown) {
  UiState state = on(PageId::Inbox);
  state.inbox.channels[3].is_archived = true;
  PageDesk desk(state, 1280, 800);
  EXPECT_FALSE(desk.ui.input().find("channel/design"));
  desk.state.inbox.filter = InboxFilter::Archived;
  desk.frames(2);
  EXPECT_TRUE(desk.ui.input().find("channel/design"));
}

}  // namespace
}  // namespace meanwhile
