// The ways from one page to another.
#include "app/window/pages_desk.h"

#include <gtest/gtest.h>

#include "app/library/link.h"
#include "tests/app/window/desk_story.h"
#include "tests/support/scripted_window.h"

namespace meanwhile {
namespace {

class PagesDeskTest : public testing::Test {
 protected:
  PagesDeskTest() {
    Settings& settings = rig_.application->settings();
    settings.screen = settings.camera = settings.microphone = "none";
  }
  PageId page() const { return rig_.state.page; }
  static AnswerDesk::Hooks hooks() {
    AnswerDesk::Hooks hooks;
    hooks.on_said = [] {};
    return hooks;
  }

  DeskStory rig_;
  ScriptedWindow window_;
  std::string clip_ = rig_.published_take("Where we stand", 20);
  InboxDesk inbox_{rig_.desk, {.on_poster = [] {}, .play = [](const auto&) {}, .wake = [] {}}};
  RecordDesk record_{rig_.desk, window_, [](const TakeSummary&) {}};
  PublishDesk publish_{rig_.desk,
                       {.set_clipboard = [](const std::string&) {},
                        .make_output = [] { return nullptr; },
                        .wake = [] {},
                        .poster = [](const Take&) { return nullptr; },
                        .on_change = [] {}}};
  AnswerDesk answers_{rig_.desk, hooks()};
  ReplyDesk reply_{rig_.desk, record_, answers_, [] { return nullptr; }, [] {}};
  WatchDesk watch_{
      rig_.desk, answers_, [] { return nullptr; }, [] {},
      [](const OpenLibrary&, const Clip& clip) { return ClipCard{.id = clip.id, .title = clip.title}; }};
  SettingsDesk settings_{rig_.desk,
                         {.on_change = [](const Settings&) {},
                          .on_sending = [] {},
                          .is_metered = [] { return false; },
                          .fill_libraries = [] {}}};
  PagesDesk pages_{rig_.desk,
                   window_,
                   {.inbox = inbox_,
                    .record = record_,
                    .reply = reply_,
                    .publish = publish_,
                    .watch = watch_,
                    .settings = settings_}};
};

TEST_F(PagesDeskTest, TheRecordPageIsArmedByComingAndLetGoByLeaving) {
  pages_.show_page(PageId::Record);
  EXPECT_EQ(page(), PageId::Record);
  ASSERT_TRUE(rig_.comes_true([&] { return rig_.state.record.phase == RecordPhase::Failed; }));
  pages_.open_clip(clip_);
  EXPECT_EQ(page(), PageId::Watch);
  EXPECT_FALSE(record_.next_change());
}

TEST_F(PagesDeskTest, EscapeLeavesEachPageButNoRecording) {
  for (const PageId left : {PageId::Settings, PageId::Record}) {
    pages_.show_page(left);
    pages_.go_back();
    EXPECT_EQ(page(), PageId::Inbox);
  }
  pages_.show_page(PageId::Record);
  rig_.state.record.phase = RecordPhase::Recording;
  pages_.go_back();
  pages_.begin_search();
  EXPECT_EQ(page(), PageId::Record);
  rig_.state.record.phase = RecordPhase::Failed;
  pages_.begin_search();
  EXPECT_EQ(page(), PageId::Inbox);
  EXPECT_EQ(rig_.state.inbox.searches_begun, 1);
}

TEST_F(PagesDeskTest, AClipThatCannotBeOpenedIsSaid) {
  pages_.open_clip(id_from("never"));
  EXPECT_TRUE(rig_.notice("The update can't be opened"));
  EXPECT_EQ(page(), PageId::Inbox);
}

TEST_F(PagesDeskTest, BackGoesOutOfTheSmallestFirst) {
  pages_.open_clip(clip_);
  pages_.toggle_full_screen();
  pages_.set_mini(true);
  EXPECT_FALSE(window_.is_full) << "the small window is no full screen";
  EXPECT_TRUE(window_.is_aside);
  pages_.go_back();
  EXPECT_FALSE(window_.is_aside);
  EXPECT_EQ(page(), PageId::Watch);
  pages_.toggle_full_screen();
  pages_.go_back();
  EXPECT_FALSE(window_.is_full);
  EXPECT_EQ(page(), PageId::Watch);
  pages_.go_back();
  EXPECT_EQ(page(), PageId::Inbox);
}

TEST_F(PagesDeskTest, BackEndsASearch) {
  inbox_.search("budget");
  pages_.go_back();
  EXPECT_EQ(rig_.state.inbox.search, "");
}

TEST_F(PagesDeskTest, ARecordedAnswersPageLeadsBackToItsMoment) {
  const std::string answer = rig_.published_take("Re: Where we stand", 6);
  pages_.open_clip(clip_);
  rig_.state.watch.player.position = std::chrono::seconds(9);
  pages_.watch_answer(answer);
  EXPECT_EQ(rig_.state.watch.clip.id, answer);
  EXPECT_EQ(rig_.state.watch.answers.back_to, "Where we stand, 0:09");
  pages_.go_back();
  EXPECT_EQ(rig_.state.watch.clip.id, clip_);
  EXPECT_EQ(page(), PageId::Watch);
  pages_.go_back();
  EXPECT_EQ(page(), PageId::Inbox);
}

TEST_F(PagesDeskTest, WhatIsOpenedToPlayPlaysOnceItCan) {
  ASSERT_TRUE(pages_.open_to_play(clip_));
  EXPECT_TRUE(rig_.comes_true([&] {
    watch_.update();
    pages_.update();
    return rig_.state.watch.player.is_playing;
  }));
  EXPECT_FALSE(pages_.open_to_play(id_from("never")));
}

TEST_F(PagesDeskTest, ATakeIsOpenedOnThePublishPageAndKeepsItsWordsWhenThatIsLeft) {
  const Take take = rig_.take("A draft");
  pages_.open_take(take.clip);
  EXPECT_EQ(page(), PageId::Publish);
  publish_.edit_title("A better one");
  pages_.show_page(PageId::Inbox);
  EXPECT_EQ(read_take(take.folder)->title, "A better one");
  pages_.open_take(id_from("gone"));
  EXPECT_TRUE(rig_.notice("The draft can't be opened"));
  EXPECT_EQ(page(), PageId::Inbox);
}

TEST_F(PagesDeskTest, TheWindowBeginsWithWhatItIsAskedFor) {
  pages_.begin({.page = PageId::Watch, .clip = id_from("later")});
  EXPECT_FALSE(rig_.notice("The update can't be opened")) << "it may be in what isn't read yet";
  inbox_.note_sync(rig_.library().id(), rig_.library().sync());
  pages_.look_for_wanted();
  EXPECT_TRUE(rig_.notice("The update can't be opened"));
  EXPECT_EQ(page(), PageId::Inbox);
  pages_.begin({.page = PageId::Watch, .clip = clip_, .at = std::chrono::seconds(3)});
  EXPECT_EQ(page(), PageId::Watch);
  EXPECT_EQ(rig_.state.watch.clip.id, clip_);
}

TEST_F(PagesDeskTest, ALinkOfOursOpensHereAtItsMoment) {
  pages_.open_link(
      to_text(ClipLink{.library = rig_.library().id(), .clip = clip_, .at = std::chrono::seconds(3)}));
  EXPECT_EQ(page(), PageId::Watch);
  EXPECT_EQ(rig_.state.watch.clip.id, clip_);
}

TEST_F(PagesDeskTest, EscapeInTheInboxIsAStepBackToAllThatThereIs) {
  inbox_.choose_channel("design");
  inbox_.choose_filter(InboxFilter::Mine);
  pages_.go_back();
  EXPECT_EQ(rig_.state.inbox.filter, InboxFilter::All);
  EXPECT_EQ(rig_.state.inbox.channel, "design");
  pages_.go_back();
  EXPECT_EQ(rig_.state.inbox.channel, "");
}

}  // namespace
}  // namespace meanwhile
