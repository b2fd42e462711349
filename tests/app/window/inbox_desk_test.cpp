// The Inbox behind the picture: what is in the list, what leaves it, what comes back.
#include "app/window/inbox_desk.h"

#include <gtest/gtest.h>

#include "tests/app/window/desk_story.h"
#include "tests/support/guest_words.h"

namespace meanwhile {
namespace {

using Ids = std::vector<std::string>;

class InboxDeskTest : public testing::Test {
 protected:
  InboxDeskTest() {
    budget_ = rig_.ben_publishes("budget", "Budget");
    plan_ = rig_.ben_publishes("plan", "The plan");
    mine_ = rig_.i_publish("mine", "Mine");
    refresh();
  }
  const InboxState& shown() const { return rig_.state.inbox; }
  // With all that is in the list loaded, as when it is seen.
  void refresh() {
    inbox_.refresh();
    inbox_.show_clips(0, 10);
  }
  Ids listed() const {
    Ids ids;
    for (const ClipCard& clip : shown().clips) ids.push_back(clip.id);
    std::ranges::sort(ids);
    return ids;
  }
  static Ids sorted(Ids ids) {
    std::ranges::sort(ids);
    return ids;
  }

  DeskStory rig_;
  Ids played_;
  int wakes_ = 0;
  InboxDesk inbox_{rig_.desk,
                   {.on_poster = [] {},
                    .play = [this](const Ids& clips) { played_ = clips; },
                    .wake = [this] { ++wakes_; }}};
  std::string budget_;
  std::string plan_;
  std::string mine_;
};

TEST_F(InboxDeskTest, AllAreListedAndAFilterShowsItsOwn) {
  EXPECT_EQ(listed(), sorted({budget_, plan_, mine_}));
  EXPECT_EQ(shown().load, LoadState::Ready);
  inbox_.choose_filter(InboxFilter::Mine);
  EXPECT_EQ(listed(), Ids{mine_});
  inbox_.choose_filter(InboxFilter::Unwatched);
  EXPECT_EQ(listed(), sorted({budget_, plan_}));
}

TEST_F(InboxDeskTest, WhatIsSeenIsThereInTheNextFrame) {
  wakes_ = 0;
  inbox_.show_clips(0, 3);
  EXPECT_EQ(wakes_, 1);
}

TEST_F(InboxDeskTest, AnArchivedOneComesBackByUndo) {
  inbox_.archive_clip(budget_, true);
  EXPECT_EQ(listed(), sorted({plan_, mine_}));
  const Notice* notice = rig_.notice("Archived");
  ASSERT_TRUE(notice);
  rig_.notices.run_action(notice->id);
  EXPECT_EQ(listed(), sorted({budget_, plan_, mine_}));
}

TEST_F(InboxDeskTest, PlayAllIsWhatWasNotWatched) {
  inbox_.play_all();
  EXPECT_EQ(sorted(played_), sorted({budget_, plan_}));
  EXPECT_TRUE(shown().can_play_all);
}

TEST_F(InboxDeskTest, ASearchFindsAndAnEmptyOneListsAgain) {
  inbox_.search("budget");
  ASSERT_EQ(shown().found.size(), 1U);
  EXPECT_EQ(shown().found[0].clip, budget_);
  inbox_.search("");
  EXPECT_EQ(listed(), sorted({budget_, plan_, mine_}));
}

TEST_F(InboxDeskTest, ATakeIsListedUntilItIsDiscarded) {
  const Take take = rig_.take("Not yet");
  refresh();
  ASSERT_EQ(shown().takes.size(), 1U);
  EXPECT_EQ(shown().takes[0].title, "Not yet");
  EXPECT_EQ(shown().takes[0].state, "Not published yet");
  inbox_.discard_take(take.clip);
  EXPECT_TRUE(shown().takes.empty());
  EXPECT_FALSE(std::filesystem::exists(take.folder));
  inbox_.discard_take(take.clip);
  EXPECT_TRUE(rig_.notice("The draft could not be thrown away"));
}

TEST_F(InboxDeskTest, AFailedSyncIsSaidUntilOneIsWell) {
  const std::string id = rig_.library().id();
  inbox_.note_sync(id, fail(ErrorCode::Unavailable, "the cable is out"));
  inbox_.refresh();
  EXPECT_TRUE(shown().sync_failed);
  EXPECT_NE(shown().sync.find("the cable is out"), std::string::npos) << shown().sync;
  EXPECT_EQ(inbox_.failure_of(id), "the cable is out");
  inbox_.note_sync(id, SyncReport{});
  inbox_.refresh();
  EXPECT_FALSE(shown().sync_failed);
}

TEST_F(InboxDeskTest, WhenThePersonWasHereLastIsKept) {
  const WallTime now = wall_now();
  inbox_.note_presence(now);
  EXPECT_EQ(inbox_.last_presence(), now);
  const auto saved = load_settings(rig_.application->home().settings_file())->settings;
  EXPECT_EQ(saved.last_here, format_rfc3339(now));
}

TEST_F(InboxDeskTest, MarkedAsWatchedIsNewNoMoreAndNobodyElseHearsOfIt) {
  const auto told = [&] { return rig_.library().outbox().status()->waiting_events; };
  const auto before = told();
  inbox_.mark_watched(budget_);
  inbox_.choose_filter(InboxFilter::Unwatched);
  EXPECT_EQ(listed(), Ids{plan_});
  inbox_.mark_all_watched();
  EXPECT_TRUE(listed().empty());
  EXPECT_EQ(shown().unwatched, 0);
  EXPECT_EQ(told(), before);
  EXPECT_TRUE(rig_.notice("1 update marked as watched"));
}

TEST_F(InboxDeskTest, APastedLineOfAnswersIsTakenUpInsteadOfSearchedFor) {
  GuestWriter sam("Sam");
  const std::string line =
      answers_text(to_bytes(sam.document({.share = id_from("s1"), .clip = mine_}, {guest_comment(1, "Hi")})));
  inbox_.search(line);
  EXPECT_EQ(shown().search, "");
  ASSERT_EQ(rig_.state.notices.size(), 1U);
  EXPECT_EQ(rig_.state.notices[0].text, "There is nothing new in these answers") << "no page took them";
}

}  // namespace
}  // namespace meanwhile
