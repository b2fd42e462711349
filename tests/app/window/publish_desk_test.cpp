// A take on its way to others: looked at, named, trimmed, handed over, or thrown away.
#include "app/window/publish_desk.h"

#include <gtest/gtest.h>

#include "app/library/link.h"
#include "tests/app/window/desk_story.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

class PublishDeskTest : public testing::Test {
 protected:
  PublishDeskTest() { rig_.state.page = PageId::Publish; }
  const PublishState& shown() const { return rig_.state.publish; }
  Take on_disk() const { return read_take(take_.folder).value(); }
  bool comes_true(const std::function<bool()>& condition) {
    return rig_.comes_true([&] {
      publish_.update();
      return condition();
    });
  }

  DeskStory rig_;
  Take take_ = rig_.take("Where we stand");
  int changes_ = 0;
  std::string clipboard_;
  PublishDesk publish_{rig_.desk,
                       {.set_clipboard = [this](const std::string& text) { clipboard_ = text; },
                        .make_output = [] { return nullptr; },
                        .wake = [] {},
                        .poster = [](const Take&) { return nullptr; },
                        .on_change = [this] { ++changes_; }}};
};

TEST_F(PublishDeskTest, ATakeIsOpenedWithItsWordsAndItsPictures) {
  ASSERT_TRUE(publish_.open(take_.clip));
  EXPECT_EQ(shown().title, "Where we stand");
  EXPECT_EQ(shown().duration, take_.duration);
  EXPECT_EQ(shown().library, rig_.library().id());
  EXPECT_TRUE(comes_true([&] { return shown().screen != nullptr; }));
}

TEST_F(PublishDeskTest, WordsAndTrimOfAPageThatIsLeftAreKept) {
  ASSERT_TRUE(publish_.open(take_.clip));
  publish_.edit_title("Better words");
  publish_.edit_channel("weekly");
  publish_.trim({.from = seconds(1), .to = {}});
  publish_.leave();
  EXPECT_EQ(on_disk().title, "Better words");
  EXPECT_EQ(on_disk().channel, "weekly");
  EXPECT_EQ(on_disk().trim.from, seconds(1));
  EXPECT_FALSE(shown().review.is_open);
}

TEST_F(PublishDeskTest, ATrimIsWrittenWhenTheHandRests) {
  ASSERT_TRUE(publish_.open(take_.clip));
  publish_.trim({.from = seconds(2), .to = {}});
  EXPECT_EQ(shown().review.trim.from, seconds(2));
  publish_.update();
  EXPECT_FALSE(on_disk().trim.is_set());
  rig_.clock.advance(seconds(1));
  publish_.update();
  EXPECT_EQ(on_disk().trim.from, seconds(2));
}

TEST_F(PublishDeskTest, ChaptersAreWrittenDownAndPublished) {
  ASSERT_TRUE(publish_.open(take_.clip));
  publish_.set_chapters({{seconds(1), "Why "}, {seconds(2), ""}});
  EXPECT_EQ(shown().review.chapters.size(), 2U);
  publish_.leave();
  ASSERT_EQ(on_disk().chapters.size(), 2U);
  EXPECT_EQ(on_disk().chapters[0].name, "Why");
}

TEST_F(PublishDeskTest, PlayingBeginsAtTheInPoint) {
  ASSERT_TRUE(publish_.open(take_.clip));
  ASSERT_TRUE(comes_true([&] { return shown().review.player.duration > MediaTime{}; }));
  publish_.trim({.from = seconds(2), .to = {}});
  publish_.play_pause();
  EXPECT_TRUE(comes_true(
      [&] { return shown().review.player.is_playing && shown().review.player.position >= seconds(2); }));
  publish_.play_pause();
  EXPECT_TRUE(comes_true([&] { return !shown().review.player.is_playing; }));
}

TEST_F(PublishDeskTest, PublishingHandsTheTakeToTheLibrary) {
  ASSERT_TRUE(publish_.open(take_.clip));
  publish_.edit_title("Out it goes");
  publish_.edit_channel("weekly");
  publish_.publish();
  EXPECT_EQ(shown().phase, PublishPhase::Publishing);
  ASSERT_TRUE(comes_true([&] { return changes_ > 0; })) << shown().failure;
  EXPECT_EQ(rig_.stored(take_.clip)->title, "Out it goes");
  publish_.note_progress();
  EXPECT_EQ(shown().phase, PublishPhase::Published);
  EXPECT_TRUE(shown().link_copied);
  EXPECT_EQ(parse_link(clipboard_)->clip, take_.clip);
  EXPECT_EQ(parse_link(clipboard_)->library, rig_.library().id());
  EXPECT_EQ(rig_.application->settings().channel, "weekly") << "the next take goes there, too";
}

TEST_F(PublishDeskTest, ADraftTakesTheUpdatesPlaceThatIsChosen) {
  const std::string clip = rig_.published_take("The first", 4);
  ASSERT_TRUE(publish_.open(take_.clip));
  ASSERT_EQ(shown().own_updates.size(), 1U);
  EXPECT_EQ(shown().own_updates[0].title, "The first");
  publish_.correct(clip);
  publish_.publish();
  ASSERT_TRUE(comes_true([&] { return shown().phase != PublishPhase::Publishing || !clipboard_.empty(); }));
  EXPECT_EQ(parse_link(clipboard_)->clip, clip) << "the link that people have";
  ASSERT_TRUE(comes_true([&] {
    rig_.library().index_own_events();
    return rig_.library().index().clip(clip)->version == 2;
  }));
  EXPECT_FALSE(rig_.library().index().clip(take_.clip)) << "it is no update of its own";
  EXPECT_EQ(rig_.library().index().clip(clip)->recorded_duration, take_.duration);
  EXPECT_EQ(rig_.library().index().clip(clip)->title, "The first");
}

TEST_F(PublishDeskTest, ADiscardedTakeIsGoneAndTheInboxIsShown) {
  ASSERT_TRUE(publish_.open(take_.clip));
  publish_.discard();
  EXPECT_FALSE(std::filesystem::exists(take_.folder));
  EXPECT_EQ(rig_.state.page, PageId::Inbox);
  EXPECT_EQ(shown().take, "");
}

TEST_F(PublishDeskTest, WhatCannotBeDiscardedStaysOnThePage) {
  ASSERT_TRUE(publish_.open(take_.clip));
  std::filesystem::remove_all(take_.folder);
  publish_.discard();
  EXPECT_TRUE(rig_.notice("The draft could not be thrown away"));
  EXPECT_EQ(rig_.state.page, PageId::Publish);
}

}  // namespace
}  // namespace meanwhile
