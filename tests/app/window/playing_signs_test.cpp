// What the desktop is told of what is played, and what its media keys do.
#include "app/window/playing_signs.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

#include "app/window/watch_desk.h"
#include "media/base/arrangement.h"
#include "media/base/edit_list.h"
#include "tests/app/window/desk_story.h"

namespace meanwhile {
namespace {

using std::chrono::seconds;

UiState watching() {
  UiState state;
  state.page = PageId::Watch;
  state.watch.clip = {.id = "c", .title = "Where we stand", .author = {.id = "a", .name = "Ada"}};
  state.watch.player = {.position = seconds(30), .duration = seconds(100), .is_playing = true};
  return state;
}

TEST(PlayedView, IsThereWhileAnUpdateIsOpen) {
  UiState state = watching();
  ASSERT_TRUE(media_view(state));
  EXPECT_EQ(media_view(state)->title, "Where we stand");
  EXPECT_TRUE(media_view(state)->is_playing);
  state.page = PageId::Inbox;
  EXPECT_FALSE(media_view(state));
  state = watching();
  state.watch.load = LoadState::Loading;
  EXPECT_FALSE(media_view(state));
}

TEST(PlayedView, HasTheTimesThatAreOnScreen) {
  UiState state = watching();
  state.watch.edits =
      std::make_shared<const EditList>(EditList::without(seconds(100), {{seconds(0), seconds(20)}}).value());
  state.watch.player.edited_position = seconds(10);
  EXPECT_EQ(media_view(state)->length, seconds(80));
  EXPECT_EQ(media_view(state)->position, seconds(10));
}

TEST(WantedCalm, IsForRecordingAndForFullScreenAlone) {
  UiState state = watching();
  EXPECT_EQ(wanted_calm(state), Calm::None);
  state.watch.is_full_screen = true;
  EXPECT_EQ(wanted_calm(state), Calm::Awake);
  state.watch.player.is_playing = false;
  EXPECT_EQ(wanted_calm(state), Calm::None);
  state.record.phase = RecordPhase::Recording;
  EXPECT_EQ(wanted_calm(state), Calm::AwakeAndQuiet);
  state.record.phase = RecordPhase::Paused;
  EXPECT_EQ(wanted_calm(state), Calm::None);
}

class NoQueue final : public QueueActions {
 public:
  void play_next() override { ++asked; }
  void leave() override {}
  int asked = 0;
};

class PlayingSignsTest : public testing::Test {
 protected:
  PlayingSignsTest() {
    rig_.state.page = PageId::Watch;
    EXPECT_TRUE(watch_.open_clip(clip_, MediaTime{}));
    EXPECT_TRUE(comes_true([&] { return shown().screen && !shown().player.is_seeking; })) << shown().failure;
  }
  const WatchState& shown() const { return rig_.state.watch; }
  bool comes_true(const std::function<bool()>& condition) {
    return rig_.comes_true([&] {
      watch_.update();
      return condition();
    });
  }

  DeskStory rig_;
  std::string clip_ = rig_.published_take("Where we stand", 30);
  AnswerDesk answers_{rig_.desk, {.play = [] {}, .pause = [] {}, .on_said = [] {}}};
  WatchDesk watch_{rig_.desk, answers_, [] { return nullptr; }, [] {},
                   [](const OpenLibrary&, const Clip& clip) {
                     return ClipCard{.id = clip.id, .title = clip.title, .is_mine = clip.is_mine};
                   }};
  NoQueue queue_;
  int raised_ = 0;
  PlayingSigns signs_{rig_.desk, watch_, queue_, [this] { ++raised_; }};
};

TEST_F(PlayingSignsTest, TheDesktopsKeysPlayAndSeek) {
  signs_.obey({MediaWishKind::Play});
  EXPECT_TRUE(shown().player.is_playing);
  signs_.obey({MediaWishKind::Pause});
  EXPECT_FALSE(shown().player.is_playing);
  signs_.obey({MediaWishKind::SeekTo, seconds(20)});
  EXPECT_TRUE(comes_true([&] { return shown().player.position == seconds(20); }));
  signs_.obey({MediaWishKind::SeekBy, seconds(-5)});
  EXPECT_TRUE(comes_true([&] { return shown().player.position == seconds(15); }));
  signs_.obey({MediaWishKind::SeekBy, seconds(-500)});
  EXPECT_TRUE(comes_true([&] { return shown().player.position == MediaTime{}; }))
      << "not before its beginning";
  signs_.obey({MediaWishKind::ShowWindow});
  EXPECT_EQ(raised_, 1);
}

TEST_F(PlayingSignsTest, NothingIsDoneToAnUpdateThatWasLeft) {
  rig_.state.page = PageId::Inbox;
  signs_.obey({MediaWishKind::Play});
  EXPECT_FALSE(shown().player.is_playing);
  rig_.state.page = PageId::Watch;
  signs_.obey({MediaWishKind::Next});
  EXPECT_EQ(queue_.asked, 0) << "there is no queue";
}

}  // namespace
}  // namespace meanwhile
