// A clip that is watched: where it goes on, what is said of it, what happens to it meanwhile.
#include "app/window/watch_desk.h"

#include <gtest/gtest.h>

#include "tests/app/window/desk_story.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class WatchDeskTest : public testing::Test {
 protected:
  const WatchState& shown() const { return rig_.state.watch; }
  void open(std::optional<MediaTime> at = std::nullopt) {
    const auto opened = watch_.open_clip(clip_, at);
    ASSERT_TRUE(opened) << opened.error().message;
    ASSERT_TRUE(comes_true([&] { return shown().screen && !shown().player.is_seeking; })) << shown().failure;
  }
  bool comes_true(const std::function<bool()>& condition) {
    return rig_.comes_true([&] {
      watch_.update();
      return condition();
    });
  }
  void play_until(MediaTime moment) {
    watch_.play();
    EXPECT_TRUE(comes_true([&] {
      rig_.clock.advance(milliseconds(40));
      return shown().player.position >= moment;
    }));
    watch_.pause();
  }
  std::vector<MomentRange> said() { return rig_.library().index().watched(clip_).value(); }

  DeskStory rig_;
  std::string clip_ = rig_.published_take("Where we stand", 30);
  AnswerDesk answers_{rig_.desk, {.play = [] {}, .pause = [] {}, .on_said = [] {}}};
  WatchDesk watch_{rig_.desk, answers_, [] { return nullptr; }, [] {},
                   [](const OpenLibrary&, const Clip& clip) {
                     return ClipCard{.id = clip.id, .title = clip.title, .is_mine = clip.is_mine};
                   }};
};

TEST_F(WatchDeskTest, OneThatIsNowhereIsAnErrorAndThePageStays) {
  open();
  EXPECT_EQ(watch_.open_clip(id_from("never"), std::nullopt).error().code, ErrorCode::NotFound);
  EXPECT_EQ(shown().clip.id, clip_);
}

TEST_F(WatchDeskTest, ItGoesOnWhereItWasStopped) {
  open(seconds(10));
  play_until(seconds(12));
  watch_.close();
  open();
  ASSERT_TRUE(shown().tools.resumed_at);
  EXPECT_GE(*shown().tools.resumed_at, seconds(12));
  EXPECT_LT(*shown().tools.resumed_at, seconds(14));
  EXPECT_GE(shown().player.position, seconds(12));
}

TEST_F(WatchDeskTest, WhatWasPlayedIsSaidAndWhatWasLeaptOverIsNot) {
  open(MediaTime{});
  play_until(seconds(3));
  watch_.seek(seconds(20));
  ASSERT_TRUE(comes_true([&] { return !shown().player.is_seeking; }));
  play_until(seconds(22));
  watch_.close();
  const auto ranges = said();
  ASSERT_EQ(ranges.size(), 2U);
  EXPECT_EQ(ranges[0].from, MediaTime{});
  EXPECT_LT(ranges[0].to, seconds(5));
  EXPECT_GE(ranges[1].from, seconds(20));
}

TEST_F(WatchDeskTest, ALoopGoesBackToItsBeginning) {
  open(MediaTime{});
  watch_.set_loop({.from = seconds(2), .to = seconds(4)});
  play_until(seconds(3));
  watch_.play();
  MediaTime furthest{};
  EXPECT_TRUE(comes_true([&] {
    rig_.clock.advance(milliseconds(40));
    furthest = std::max(furthest, shown().player.position);
    return furthest > seconds(3) && shown().player.position < furthest;
  }));
  EXPECT_LT(furthest, seconds(5));
}

TEST_F(WatchDeskTest, SpeedAndSoundHoldForTheNextClip) {
  open();
  watch_.set_speed(2);
  watch_.set_volume(0.5);
  watch_.set_muted(true);
  EXPECT_TRUE(shown().is_muted);
  open();
  EXPECT_TRUE(comes_true([&] { return shown().player.speed == 2 && shown().player.volume == 0.5; }));
  EXPECT_FALSE(shown().is_muted) << "that was for one clip";
}

TEST_F(WatchDeskTest, SharingInThisChannelIsChosenAndKept) {
  open();
  EXPECT_TRUE(shown().shares_watching);
  watch_.share_watching_here(false);
  EXPECT_FALSE(shown().shares_watching);
  EXPECT_EQ(load_settings(rig_.application->home().settings_file())->settings.keep_watching_in.size(), 1U);
}

TEST_F(WatchDeskTest, WhoWatchesOneThatIsDeletedIsToldOnce) {
  open();
  ASSERT_TRUE(rig_.library().say(DeleteClipEvent{.clip = clip_}));
  watch_.refresh();
  const Notice* notice = rig_.notice("This update isn't in the library any more");
  ASSERT_TRUE(notice);
  rig_.notices.dismiss(notice->id);
  watch_.refresh();
  EXPECT_FALSE(rig_.notice("This update isn't"));
  EXPECT_EQ(shown().clip.id, clip_) << "what is here of it plays on";
}

}  // namespace
}  // namespace meanwhile
