// Exports of updates that their author arranged.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/edit_list.h"
#include "media/export/exporter.h"
#include "media/export/scene_layout.h"
#include "media/play/open_readers.h"
#include "tests/support/exported_file.h"
#include "tests/support/play_rig.h"
#include "tests/support/test_clip.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

class ArrangedExport : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("meanwhile-arranged-export-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    screen_.width = 640;
    screen_.height = 360;
  }
  void TearDown() override { fs::remove_all(folder_); }

  ClipMedia arranged(const Arrangement& arrangement) const {
    ClipMedia media{.screen = memory(make_video_track(screen_)),
                    .camera = memory(make_video_track(camera_)),
                    .duration = screen_.end};
    media.arrangement = std::make_shared<const Arrangement>(arrangement);
    if (!arrangement.parts.empty())
      media.edits = std::make_shared<const EditList>(edits_of(arrangement, media.duration).value());
    return media;
  }

  ExportedFile exported(const ClipMedia& media, const ExportOptions& options = {}) const {
    const fs::path out = folder_ / "out.mp4";
    fs::remove(out);
    const auto done = export_clip(media, out, options, [](double) {}, {});
    EXPECT_TRUE(done) << done.error().message;
    return read_exported(out);
  }

  // The number on show at that moment, of the screen alone where `place` says so.
  static int number_at(const ExportedFile& file, MediaTime moment, const Rect& place) {
    return read_frame_number(*file.picture_at(moment), place.x, place.y, place.width, place.height);
  }

  fs::path folder_;
  VideoSpec screen_ = constant_rate(90, 30);
  VideoSpec camera_ = constant_rate(90, 30);
  const Rect screen_place_{0, 0, 640, 360};  // where it has all of the picture, or stands left of the camera
};

TEST_F(ArrangedExport, PartsComeInTheirOrderAndNothingElse) {
  const auto file = exported(arranged({.parts = {{2s, 3s}, {500ms, 1500ms}}}));
  EXPECT_NEAR(file.duration, 2, 0.1);
  EXPECT_EQ(number_at(file, 20ms, screen_place_), frame_at(screen_, 2020ms));
  EXPECT_EQ(number_at(file, 950ms, screen_place_), frame_at(screen_, 2950ms));
  EXPECT_EQ(number_at(file, 1020ms, screen_place_), frame_at(screen_, 520ms));
  EXPECT_EQ(number_at(file, 1950ms, screen_place_), frame_at(screen_, 1450ms));
}

TEST_F(ArrangedExport, WhatWasJoinedIsInIt) {
  const VideoSpec other = constant_rate(30, 30);
  auto joined = std::make_shared<ClipMedia>();
  joined->screen = memory(make_video_track(other));
  joined->duration = other.end;
  ClipMedia media =
      arranged({.parts = {{0s, 1s}, {4s, 5s}, {1s, 2s}}, .joined = {{.clip = "c", .place = {4s, 5s}}}});
  media.joined.push_back({{4s, 5s}, joined});
  const auto file = exported(media);
  EXPECT_NEAR(file.duration, 3, 0.1);
  const Picture& first = *file.pictures.front();
  // Alone in the picture, which stays as large as it is.
  const Rect whole = *compose(Layout::SideBySide, {first.width, first.height}, Size{320, 180}, {}, 16).screen;
  EXPECT_EQ(number_at(file, 1520ms, whole), frame_at(other, 520ms));
  EXPECT_EQ(number_at(file, 2020ms, screen_place_), frame_at(screen_, 1020ms));
}

TEST_F(ArrangedExport, LayoutsChangeByTimeUnlessOneIsChosen) {
  const Arrangement arrangement{
      .layouts = {{.at = 1s, .layout = Layout::Camera, .transition = 200ms}, {2s, Layout::SideBySide}}};
  const auto file = exported(arranged(arrangement));
  const Picture& first = *file.pictures.front();
  const Rect whole =
      *compose(Layout::Camera, {first.width, first.height}, Size{640, 360}, Size{320, 180}, 16).camera;
  EXPECT_EQ(number_at(file, 520ms, screen_place_), frame_at(screen_, 520ms));
  EXPECT_EQ(number_at(file, 1520ms, whole), frame_at(camera_, 1520ms));
  EXPECT_EQ(number_at(file, 2520ms, screen_place_), frame_at(screen_, 2520ms));
  const auto chosen = exported(arranged(arrangement), {.layout = Layout::Screen, .is_layout_chosen = true});
  EXPECT_EQ(number_at(chosen, 1520ms, screen_place_), frame_at(screen_, 1520ms));
}

int luma_at(const Picture& picture, int x, int y) {
  return picture.planes[0][y * picture.strides[0] + x];
}

TEST_F(ArrangedExport, NothingIsReadOfWhatIsCovered) {
  const auto file = exported(arranged(
      {.covered = {
           {.range = {1s, 2s}, .kind = CoverKind::Solid, .x = 0.0, .y = 0.5, .width = 0.5, .height = 0.5}}}));
  EXPECT_GT(luma_at(*file.picture_at(520ms), 100, 300), 50);
  EXPECT_NEAR(luma_at(*file.picture_at(1020ms), 100, 300), 32, 4);
  EXPECT_NEAR(luma_at(*file.picture_at(1980ms), 100, 300), 32, 4);
  EXPECT_GT(luma_at(*file.picture_at(2520ms), 100, 300), 50);
}

TEST_F(ArrangedExport, ATitleCardStandsInPlaceOfThePictures) {
  const auto file = exported(
      arranged({.parts = {{4s, 5s}, {0s, 1s}}, .cards = {{.place = {4s, 5s}, .title = "Where we stand"}}}));
  EXPECT_NEAR(file.duration, 2, 0.1);
  ASSERT_FALSE(file.pictures.empty());
  const Picture& card = *file.picture_at(520ms);
  EXPECT_EQ(card.width, 854);
  int brightest = 0;
  for (int x = 0; x < card.width; ++x) brightest = std::max(brightest, luma_at(card, x, card.height / 2));
  EXPECT_GT(brightest, 150);
  EXPECT_NEAR(luma_at(card, 10, 10), 32, 4);
  EXPECT_EQ(number_at(file, 1520ms, screen_place_), frame_at(screen_, 520ms));
}

TEST_F(ArrangedExport, ChaptersAndCaptionsAreWhereWhatTheyBelongToIs) {
  const ClipMedia media = arranged({.parts = {{2s, 3s}, {0s, 1s}}});
  const auto file = exported(media, {.chapters = {{0s, "Why"}, {1500ms, "Cut"}, {2s, "Costs"}},
                                     .captions = {{500ms, 1500ms, "First"}, {2200ms, 2500ms, "Second"}}});
  EXPECT_EQ(file.chapters, (std::vector<std::string>{"0.0 Costs", "1.0 Why"}));
  EXPECT_EQ(file.captions, (std::vector<std::string>{"0.2-0.5 Second", "1.5-2.0 First"}));
}

}  // namespace
}  // namespace meanwhile::test
