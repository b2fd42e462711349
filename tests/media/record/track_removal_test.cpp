// What is taken out of a track for good: what lies beside it, and that nothing of it is left.
#include "media/record/track_removal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "media/base/files.h"
#include "media/base/layout.h"
#include "media/base/track_index.h"
#include "media/ffmpeg/pictures.h"
#include "media/record/track_reader.h"
#include "tests/support/environment.h"
#include "tests/support/test_clip.h"

namespace meanwhile {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

struct Shown {
  MediaTime at{};
  PicturePtr picture;
};

std::vector<Shown> pictures_of(const fs::path& track) {
  std::vector<Shown> shown;
  const auto file = FileSource::open(track).value();
  const auto reader = TrackReader::open(*file).value();
  for (auto frame = reader->read_frame(); frame; frame = reader->read_frame()) {
    EXPECT_EQ((*frame)->decode_error_flags, 0);
    const MediaTime at = reader->time_of(**frame);
    shown.push_back({.at = at, .picture = to_picture(std::move(*frame), at)});
  }
  return shown;
}

const Picture& picture_at(const std::vector<Shown>& shown, MediaTime moment) {
  auto found = std::ranges::find_if(shown, [&](const Shown& one) { return one.at > moment; });
  return *std::prev(found)->picture;
}

int lightest(const Picture& picture, Rect area) {
  int most = 0;
  for (int y = area.y; y < area.y + area.height; ++y)
    for (int x = area.x; x < area.x + area.width; ++x)
      most = std::max(most, int(picture.planes[0][y * picture.strides[0] + x]));
  return most;
}
int lightest(const Picture& picture) {
  return lightest(picture, {0, 0, picture.width, picture.height});
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TrackIndex index_of(const fs::path& track) {
  return index_track(*FileSource::open(track).value()).value();
}

class TrackRemoval : public testing::Test {
 protected:
  fs::path written(const Bytes& track) const {
    const fs::path path = folder_.path() / "from.mp4";
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(track.data()), std::ssize(track));
    return path;
  }
  fs::path without(const fs::path& from, const RemovedParts& removed, TrackKind kind = TrackKind::Screen) {
    const fs::path to = folder_.path() / ("to" + std::to_string(++made_) + ".mp4");
    const auto touched = remove_from_track(from, to, kind, removed);
    EXPECT_TRUE(touched) << touched.error().message;
    EXPECT_TRUE(touched.value_or(false));
    EXPECT_FALSE(fs::exists(to.string() + ".anew"));
    return to;
  }
  // All fragments without what is removed are there, byte for byte, and of the others none.
  static void expect_kept_bytes(const fs::path& from, const fs::path& to, const TimeRange& removed) {
    const std::string before = bytes_of(from);
    const std::string after = bytes_of(to);
    for (const Fragment& fragment : index_of(from).fragments) {
      const std::string bytes = before.substr(fragment.offset, fragment.size_bytes);
      const bool is_touched =
          fragment.start < removed.to && fragment.start + fragment.duration > removed.from;
      // From keyframe to keyframe, a second here, it is written anew.
      const bool is_near = fragment.start < removed.to + seconds(1) &&
                           fragment.start + fragment.duration > removed.from - seconds(1);
      if (is_touched) {
        EXPECT_EQ(after.find(bytes), std::string::npos) << fragment.start.count();
      }
      if (!is_near) {
        EXPECT_NE(after.find(bytes), std::string::npos) << fragment.start.count();
      }
    }
  }

  ScopedFolder folder_;
  int made_ = 0;
};

test::VideoSpec twelve_seconds() {
  test::VideoSpec spec = test::constant_rate(120, 10);
  spec.keyframe_every = 10;
  return spec;
}

TEST_F(TrackRemoval, ABlankPartIsBlackAndAllElseIsAsItWas) {
  const test::VideoSpec spec = twelve_seconds();
  const fs::path from = written(test::make_video_track(spec));
  const TimeRange blank{milliseconds(3250), milliseconds(6610)};
  const fs::path to = without(from, {.blank = {blank}, .covered = {}});
  EXPECT_EQ(index_of(to).end(), index_of(from).end());
  const auto shown = pictures_of(to);
  for (MediaTime at{}; at < seconds(12); at += milliseconds(10)) {
    const Picture& picture = picture_at(shown, at);
    if (blank.from <= at && at < blank.to) {
      ASSERT_LT(lightest(picture), 20) << at.count();
    } else {
      ASSERT_EQ(test::read_frame_number(picture), test::frame_at(spec, at)) << at.count();
    }
  }
  expect_kept_bytes(from, to, blank);
}

TEST_F(TrackRemoval, SeveralPartsAtTheEdgesAndEachMomentCanBeSoughtTo) {
  const test::VideoSpec spec = twelve_seconds();
  const fs::path from = written(test::make_video_track(spec));
  const RemovedParts removed{.blank = {{seconds(0), milliseconds(1500)},
                                       {seconds(4), seconds(5)},
                                       {milliseconds(5050), milliseconds(5150)},
                                       {milliseconds(10500), seconds(12)}},
                             .covered = {}};
  const auto shown = pictures_of(without(from, removed));
  for (MediaTime at{}; at < seconds(12); at += milliseconds(10)) {
    const Picture& picture = picture_at(shown, at);
    if (removed.is_blank(at)) {
      ASSERT_LT(lightest(picture), 20) << at.count();
    } else {
      ASSERT_EQ(test::read_frame_number(picture), test::frame_at(spec, at)) << at.count();
    }
  }
}

TEST_F(TrackRemoval, AStillPictureIsShownAgainBehindWhatWasRemoved) {
  test::VideoSpec spec = test::constant_rate(1, 1);
  spec.times = {MediaTime{}, milliseconds(100), milliseconds(8000)};
  spec.end = seconds(10);
  const fs::path from = written(test::make_video_track(spec));
  const auto shown = pictures_of(without(from, {.blank = {{seconds(2), seconds(3)}}, .covered = {}}));
  EXPECT_EQ(test::read_frame_number(picture_at(shown, milliseconds(1990))), 1);
  EXPECT_LT(lightest(picture_at(shown, milliseconds(2500))), 20);
  EXPECT_EQ(test::read_frame_number(picture_at(shown, milliseconds(3000))), 1);
  EXPECT_EQ(test::read_frame_number(picture_at(shown, milliseconds(9000))), 2);
}

TEST_F(TrackRemoval, WhatIsCoveredIsGoneFromThePixelsForItsTime) {
  const test::VideoSpec spec = twelve_seconds();
  const fs::path from = written(test::make_video_track(spec));
  const CoveredArea area{.range = {milliseconds(2040), milliseconds(3460)},
                         .track = CoverTrack::Screen,
                         .kind = CoverKind::Solid,
                         .x = 0,
                         .y = 0,
                         .width = 1,
                         .height = 1};
  const fs::path to = without(from, {.blank = {}, .covered = {area}});
  const auto shown = pictures_of(to);
  for (MediaTime at{}; at < seconds(12); at += milliseconds(20)) {
    const Picture& picture = picture_at(shown, at);
    if (area.range.from <= at && at < area.range.to) {
      ASSERT_LT(lightest(picture), 60) << at.count();
    } else {
      ASSERT_EQ(test::read_frame_number(picture), test::frame_at(spec, at)) << at.count();
    }
  }
  expect_kept_bytes(from, to, area.range);
  const auto other = remove_from_track(from, folder_.path() / "other.mp4", TrackKind::Camera,
                                       {.blank = {}, .covered = {area}});
  ASSERT_TRUE(other);
  EXPECT_FALSE(*other) << "it covers the screen, not the face";
  EXPECT_FALSE(fs::exists(folder_.path() / "other.mp4"));
}

// The track was made by an encoder with other parameter sets than the recorder's: both must be played.
TEST_F(TrackRemoval, RemovingTwiceKeepsEveryPicturePlayable) {
  const test::VideoSpec spec = twelve_seconds();
  const fs::path from = written(test::make_video_track(spec));
  const fs::path once = without(from, {.blank = {{seconds(2), seconds(3)}}, .covered = {}});
  const fs::path twice =
      without(once, {.blank = {{seconds(2), seconds(3)}, {seconds(7), seconds(8)}}, .covered = {}});
  const auto shown = pictures_of(twice);
  for (MediaTime at{}; at < seconds(12); at += milliseconds(50)) {
    const bool is_blank = (at >= seconds(2) && at < seconds(3)) || (at >= seconds(7) && at < seconds(8));
    if (is_blank) {
      ASSERT_LT(lightest(picture_at(shown, at)), 20) << at.count();
    } else {
      ASSERT_EQ(test::read_frame_number(picture_at(shown, at)), test::frame_at(spec, at)) << at.count();
    }
  }
}

TEST_F(TrackRemoval, SoundIsSilentThereAndItselfBesideIt) {
  const fs::path from =
      written(test::make_sound_track({.frequency = 440, .amplitude = 0.5, .duration = seconds(10)}));
  const TimeRange blank{milliseconds(4000), milliseconds(6000)};
  const fs::path to = without(from, {.blank = {blank}, .covered = {}}, TrackKind::Voice);
  EXPECT_EQ(index_of(to).end(), index_of(from).end());
  const auto file = FileSource::open(to).value();
  const auto reader = TrackReader::open(*file).value();
  for (auto frame = reader->read_frame(); frame; frame = reader->read_frame()) {
    const MediaTime at = reader->time_of(**frame);
    const MediaTime end = at + MediaTime((*frame)->nb_samples * 1'000'000 / 48'000);
    const auto* samples = reinterpret_cast<const float*>((*frame)->data[0]);
    float loudest = 0;
    for (int i = 0; i < (*frame)->nb_samples; ++i) loudest = std::max(loudest, std::abs(samples[i]));
    const bool is_near_an_end = at < milliseconds(100) || end > milliseconds(9900) ||
                                (at < blank.to + milliseconds(50) && end > blank.from - milliseconds(50));
    if (at >= blank.from && end <= blank.to) {
      EXPECT_LT(loudest, 0.001F) << at.count();
    } else if (!is_near_an_end) {
      EXPECT_NEAR(loudest, 0.5F, 0.05F) << at.count();
    }
  }
}

TEST_F(TrackRemoval, WhatIsNoTrackIsAnErrorAndLeavesNothing) {
  const fs::path from = written(Bytes(1000, std::byte{7}));
  const auto removed = remove_from_track(from, folder_.path() / "to.mp4", TrackKind::Screen,
                                         {.blank = {{seconds(1), seconds(2)}}, .covered = {}});
  ASSERT_FALSE(removed);
  EXPECT_FALSE(fs::exists(folder_.path() / "to.mp4"));
  fs::path torn = written(test::make_video_track(twelve_seconds()));
  fs::resize_file(torn, fs::file_size(torn) * 2 / 3);
  const fs::path to = without(torn, {.blank = {{seconds(1), seconds(2)}}, .covered = {}});
  EXPECT_EQ(index_of(to).end(), index_of(torn).end());
}

}  // namespace
}  // namespace meanwhile
