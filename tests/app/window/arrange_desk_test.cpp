// Cutting and arranging, behind the page: shown at once, to others when it is saved, and never lost by a key.
#include "app/window/arrange_desk.h"

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/libraries/removals.h"
#include "app/library/addition.h"
#include "app/library/manifest.h"
#include "app/sending/clip_arranger.h"
#include "app/ui/arrange_steps.h"
#include "app/window/watch_desk.h"
#include "media/base/arrangement_edits.h"
#include "media/play/open_readers.h"
#include "media/record/take_arrangement.h"
#include "tests/app/window/desk_story.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class ArrangeDeskTest : public testing::Test {
 protected:
  ArrangeDeskTest() {
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
  Clip clip() { return rig_.library().index().clip(clip_).value(); }
  void cut(MediaTime from, MediaTime to) {
    arranging_.arrange(with_cut(shown().arrange->now, shown().arrange->duration, {from, to}));
  }
  bool shows(MediaTime length) {
    const bool comes =
        comes_true([&] { return (shown().edits ? shown().edits->duration() : seconds(30)) == length; });
    for (const Notice& notice : rig_.state.notices)
      if (!comes) ADD_FAILURE() << notice.text << ": " << notice.detail;
    return comes;
  }

  // What was saved is said once its bytes are stored.
  bool is_said(MediaTime length) {
    return comes_true([&] {
      rig_.library().index_own_events();
      return clip().duration == length;
    });
  }

  DeskStory rig_;
  std::string clip_ = rig_.published_take("Where we stand", 30);
  AnswerDesk answers_{rig_.desk, {.play = [] {}, .pause = [] {}, .on_said = [] {}}};
  WatchDesk watch_{rig_.desk, answers_, [] { return nullptr; }, [] {},
                   [](const OpenLibrary&, const Clip& clip) {
                     return ClipCard{.id = clip.id, .title = clip.title, .is_mine = clip.is_mine};
                   }};
  ArrangeDesk arranging_{rig_.desk,
                         {.show = [this](const Arrangement& arrangement) { watch_.preview(arrangement); },
                          .show_saved = [this] { watch_.preview(std::nullopt); },
                          .show_uncut = [this](bool uncut) { watch_.show_uncut(uncut); },
                          .on_change = [this] { watch_.refresh(); }}};
};

TEST_F(ArrangeDeskTest, EachStepIsShownAtOnceAndTakenBack) {
  arranging_.begin_arranging();
  ASSERT_TRUE(shown().arrange);
  cut(seconds(5), seconds(15));
  EXPECT_TRUE(shows(seconds(20)));
  cut(seconds(20), seconds(25));
  EXPECT_TRUE(shows(seconds(15)));
  arranging_.undo_arranging();
  EXPECT_TRUE(shows(seconds(20)));
  arranging_.redo_arranging();
  EXPECT_TRUE(shows(seconds(15)));
  EXPECT_EQ(clip().duration, seconds(30)) << "nobody else sees it yet";
  arranging_.drop_arrangement();
  EXPECT_TRUE(shows(seconds(30)));
}

TEST_F(ArrangeDeskTest, EverybodySeesItOnceItIsSaved) {
  arranging_.begin_arranging();
  cut(seconds(5), seconds(15));
  arranging_.save_arrangement();
  EXPECT_FALSE(shown().arrange);
  EXPECT_TRUE(is_said(seconds(20)));
  EXPECT_TRUE(shows(seconds(20)));
  const auto opened = rig_.open_library().clips->open(clip(), {}, PointerTime::Later);
  ASSERT_TRUE(opened) << opened.error().message;
  ASSERT_TRUE(opened->media.edits) << opened->trouble;
  EXPECT_EQ(opened->media.edits->duration(), seconds(20));
}

// A window that was killed in the middle of it.
TEST_F(ArrangeDeskTest, WhatWasNotSavedIsThereAgain) {
  arranging_.begin_arranging();
  cut(seconds(5), seconds(15));
  ASSERT_TRUE(shows(seconds(20)));
  watch_.close();
  EXPECT_FALSE(shown().arrange);
  ASSERT_TRUE(watch_.open_clip(clip_, MediaTime{}));
  ASSERT_TRUE(shows(seconds(30)));
  ASSERT_TRUE(comes_true([&] { return shown().load == LoadState::Ready; }));
  arranging_.begin_arranging();
  EXPECT_TRUE(shows(seconds(20)));
  EXPECT_TRUE(rig_.notice("Your unsaved changes are back"));
  EXPECT_TRUE(shown().arrange->can_undo);
  arranging_.drop_arrangement();
  EXPECT_TRUE(shows(seconds(30)));
  const auto kept = rig_.application->home().data() / "arranging" / (clip_ + ".json");
  EXPECT_TRUE(comes_true([&] { return !std::filesystem::exists(kept); })) << "what was discarded stays so";
}

// The picture that lists show is of what is shown; the take's own has the first frames, which are cut.
TEST_F(ArrangeDeskTest, WhatStandsForItInListsIsOfWhatIsShown) {
  const auto poster_number = [&]() -> int {
    const auto jpeg = rig_.open_library().clips->poster(clip(), {});
    const auto picture = jpeg ? open_stills()->poster(*jpeg) : std::unexpected(jpeg.error());
    return picture ? test::read_frame_number(**picture) : -1;
  };
  arranging_.begin_arranging();
  cut(MediaTime{}, seconds(10));
  arranging_.save_arrangement();
  EXPECT_TRUE(comes_true([&] {
    rig_.library().index_own_events();
    return poster_in(clip().additions) != nullptr;
  }));
  EXPECT_EQ(poster_number(), 100) << "ten pictures a second";
  arranging_.begin_arranging();
  arranging_.arrange(with_poster(*shown().arrange, seconds(5)));
  EXPECT_TRUE(rig_.notice("The picture at 0:05.0 can't be the update's picture in lists"));
  arranging_.arrange(with_poster(*shown().arrange, seconds(20)));
  arranging_.save_arrangement();
  EXPECT_TRUE(comes_true([&] {
    rig_.library().index_own_events();
    return poster_number() == 200;
  }));
  ASSERT_TRUE(arrange_clip(rig_.open_library(), clip(), {}));
  ASSERT_TRUE(give_poster(rig_.open_library(), clip(), {}));
  rig_.library().index_own_events();
  EXPECT_EQ(poster_in(clip().additions), nullptr);
}

class DraftArrangingTest : public ArrangeDeskTest {
 protected:
  DraftArrangingTest() {
    watch_.close();
    rig_.state.publish.take = take_.clip;
    rig_.state.publish.library = rig_.library().id();
  }
  Take take_ = rig_.take("A draft", 30);
  std::vector<std::string> closed_;
  ArrangeDesk drafts_{rig_.desk,
                      {.show = [this](const Arrangement& arrangement) { watch_.preview(arrangement); },
                       .show_saved = [] {},
                       .show_uncut = [](bool) {},
                       .on_change = [] {},
                       .open_draft =
                           [this](const std::string& take, const Arrangement& arrangement) {
                             return watch_.open_draft(take, rig_.open_library(), arrangement).has_value();
                           },
                       .close_draft = [this](const std::string& take) { closed_.push_back(take); }}};
  void cut_draft(MediaTime from, MediaTime to) {
    drafts_.arrange(with_cut(shown().arrange->now, shown().arrange->duration, {from, to}));
  }
};

TEST_F(DraftArrangingTest, ADraftIsArrangedAndPublishedLikeThat) {
  drafts_.begin_arranging_draft(take_.clip);
  ASSERT_TRUE(shown().arrange && shown().arrange->is_draft);
  ASSERT_TRUE(comes_true([&] { return shown().screen != nullptr; })) << shown().failure;
  cut_draft(seconds(5), seconds(15));
  EXPECT_TRUE(shows(seconds(20)));
  drafts_.save_arrangement();
  EXPECT_EQ(closed_, std::vector<std::string>{take_.clip});
  ASSERT_TRUE(rig_.application->publish(take_.clip, {.title = "A draft", .channel = ""}));
  const auto published = rig_.stored(take_.clip);
  ASSERT_TRUE(published) << published.error().message;
  EXPECT_EQ(published->duration, seconds(20));
  EXPECT_EQ(published->recorded_duration, seconds(30));
  const auto opened = rig_.open_library().clips->open(*published, {}, PointerTime::Later);
  ASSERT_TRUE(opened && opened->media.edits) << (opened ? opened->trouble : opened.error().message);
}

TEST_F(DraftArrangingTest, ItsTrimIsCutAndTheRestIsArranged) {
  ASSERT_TRUE(rig_.application->trim(take_.clip, {.from = seconds(3), .to = seconds(25)}));
  rig_.state.publish.review.trim = {.from = seconds(3), .to = seconds(25)};
  drafts_.begin_arranging_draft(take_.clip);
  ASSERT_TRUE(comes_true([&] { return shown().screen != nullptr; })) << shown().failure;
  EXPECT_TRUE(shows(seconds(22))) << "as it would be published";
  cut_draft(seconds(5), seconds(15));
  EXPECT_TRUE(shows(seconds(12)));
  drafts_.save_arrangement();
  ASSERT_TRUE(rig_.application->publish(take_.clip, {.title = "A draft", .channel = ""}));
  const auto published = rig_.stored(take_.clip);
  ASSERT_TRUE(published);
  EXPECT_EQ(published->recorded_duration, seconds(22));
  EXPECT_EQ(published->duration, seconds(12));
  const auto jpeg = rig_.open_library().clips->poster(*published, {});
  const auto picture = jpeg ? open_stills()->poster(*jpeg) : std::unexpected(jpeg.error());
  ASSERT_TRUE(picture) << picture.error().message;
  EXPECT_EQ(test::read_frame_number(**picture), 30) << "the first that is shown";
}

TEST_F(DraftArrangingTest, CancelLeavesTheDraftAsItWas) {
  drafts_.begin_arranging_draft(take_.clip);
  ASSERT_TRUE(comes_true([&] { return shown().screen != nullptr; }));
  cut_draft(seconds(5), seconds(15));
  drafts_.drop_arrangement();
  EXPECT_EQ(closed_.size(), 1U);
  EXPECT_FALSE(read_take_arrangement(take_.folder).value());
}

TEST_F(DraftArrangingTest, NothingIsSaidOfWatchingADraft) {
  drafts_.begin_arranging_draft(take_.clip);
  ASSERT_TRUE(comes_true([&] { return shown().screen != nullptr; }));
  watch_.refresh();
  watch_.close();
  EXPECT_FALSE(rig_.notice("This update isn't in the library any more"));
  EXPECT_TRUE(rig_.library().index().watched(take_.clip).value().empty());
}

// What was cut must not be published uncut.
TEST_F(DraftArrangingTest, AnArrangementThatCannotBeReadKeepsTheDraftFromBeingPublished) {
  ASSERT_TRUE(write_file_durably(take_.folder / kArrangementFile, to_bytes("{\"format\": 1, \"parts\": 7}")));
  const auto published = rig_.application->publish(take_.clip, {.title = "A draft", .channel = ""});
  ASSERT_FALSE(published);
  EXPECT_EQ(published.error().code, ErrorCode::Corrupt);
  EXPECT_EQ(read_take(take_.folder)->state, TakeState::Finished);
}

TEST_F(DraftArrangingTest, OnlyWhatIsInTheLibraryCanBeJoined) {
  Arrangement arrangement =
      with_joined({}, seconds(30), new_clip_id(wall_now()), seconds(5), seconds(10)).value();
  ASSERT_TRUE(rig_.application->arrange(take_.clip, arrangement));
  EXPECT_FALSE(rig_.application->publish(take_.clip, {.title = "A draft", .channel = ""}));
  arrangement = with_joined({}, seconds(30), clip_, seconds(5), seconds(10)).value();
  ASSERT_TRUE(rig_.application->arrange(take_.clip, arrangement));
  ASSERT_TRUE(rig_.application->publish(take_.clip, {.title = "A draft", .channel = ""}));
  EXPECT_EQ(rig_.stored(take_.clip)->duration, seconds(35));
}

TEST_F(ArrangeDeskTest, WhatCannotBeIsSaidAndChangesNothing) {
  arranging_.begin_arranging();
  cut(MediaTime{}, seconds(40));
  EXPECT_TRUE(rig_.notice("Nothing of the update would be left"));
  EXPECT_FALSE(shown().arrange->can_undo);
}

TEST_F(ArrangeDeskTest, ItsAuthorLooksAtTheUncutRecording) {
  arranging_.begin_arranging();
  cut(seconds(5), seconds(15));
  arranging_.save_arrangement();
  ASSERT_TRUE(is_said(seconds(20)));
  watch_.refresh();
  ASSERT_TRUE(shows(seconds(20)));
  ASSERT_TRUE(shown().has_uncut);
  arranging_.show_uncut(true);
  EXPECT_TRUE(shows(seconds(30)));
  arranging_.show_uncut(false);
  EXPECT_TRUE(shows(seconds(20)));
}

TEST_F(ArrangeDeskTest, WhatIsCutIsTakenOutOfTheRecordingForGood) {
  arranging_.begin_arranging();
  cut(seconds(5), seconds(15));
  arranging_.save_arrangement();
  ASSERT_TRUE(is_said(seconds(20)));
  watch_.refresh();
  arranging_.begin_arranging();
  arranging_.remove_for_good();
  EXPECT_FALSE(shown().arrange);
  ASSERT_TRUE(comes_true([&] { return rig_.notice("It is taken out of the recording") != nullptr; }));
  ASSERT_TRUE(comes_true([&] {
    rig_.library().index_own_events();
    return manifest_in(clip().additions) != nullptr;
  }));
  // The manifest's word, too, must be where everybody is before anything goes.
  ASSERT_TRUE(comes_true(
      [&] { return settle_removals(rig_.open_library(), rig_.library().index(), {}).value().is_all; }));
  const Manifest manifest = rig_.open_library().clips->manifest(clip(), {}).value();
  EXPECT_FALSE(manifest.removed.empty());
  for (const RemovedObject& object : manifest.removed)
    EXPECT_FALSE(rig_.library().storage().stat(clip_prefix(clip_) + object.name, {})) << object.name;
  EXPECT_TRUE(rig_.open_library().clips->take_folder(clip())) << "the recording here is the new one";
}

TEST_F(ArrangeDeskTest, OnlyWhatIsSavedCanBeRemoved) {
  arranging_.begin_arranging();
  arranging_.remove_for_good();
  EXPECT_TRUE(comes_true([&] { return rig_.notice("It could not be removed") != nullptr; }));
  EXPECT_EQ(manifest_in(clip().additions), nullptr);
}

TEST_F(ArrangeDeskTest, TheWaveformIsThatOfWhatIsShownAndTheRecordingsBesideIt) {
  rig_.write_waveform(clip_, 300);
  watch_.close();
  ASSERT_TRUE(watch_.open_clip(clip_, MediaTime{}));
  ASSERT_TRUE(comes_true([&] { return shown().waveform != nullptr; }));
  arranging_.begin_arranging();
  cut(MediaTime{}, seconds(15));
  ASSERT_TRUE(shows(seconds(15)));
  ASSERT_TRUE(shown().edited_waveform);
  EXPECT_LT(shown().waveform->front(), 0.01F);
  EXPECT_NEAR(shown().edited_waveform->front(), 0.5F, 0.02F);
}

TEST_F(ArrangeDeskTest, SomebodyElsesIsLeftAlone) {
  const std::string bens = rig_.ben_publishes("c9", "Ben's");
  const Clip theirs = rig_.library().index().clip(bens).value();
  const auto arranged = arrange_clip(
      rig_.open_library(), theirs, with_cut({}, theirs.recorded_duration, {MediaTime{}, seconds(1)}).value());
  ASSERT_FALSE(arranged);
  EXPECT_EQ(arranged.error().code, ErrorCode::PermissionDenied);
}

TEST_F(ArrangeDeskTest, OnlyOnesOwnPublishedUpdatesAreJoined) {
  const std::string bens = rig_.ben_publishes("c9", "Ben's");
  for (const std::string& other : {bens, clip_, id_from("never")}) {
    const auto joined = with_joined({}, seconds(30), other, seconds(5), seconds(10)).value();
    EXPECT_FALSE(arrange_clip(rig_.open_library(), clip(), joined)) << other;
  }
  const std::string own = rig_.published_take("The numbers", 6);
  const auto joined = with_joined({}, seconds(30), own, seconds(6), seconds(10)).value();
  ASSERT_TRUE(arrange_clip(rig_.open_library(), clip(), joined));
  ASSERT_TRUE(is_said(seconds(36)));
  watch_.refresh();
  EXPECT_TRUE(shows(seconds(36)));
}

}  // namespace
}  // namespace meanwhile
