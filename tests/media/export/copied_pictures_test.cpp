// Exports of one track as it was recorded: what is copied, what is drawn, and that nobody sees where.
#include "media/export/copied_pictures.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <set>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "media/base/arrangement.h"
#include "media/base/byte_stream.h"
#include "media/base/child_process.h"
#include "media/base/edit_list.h"
#include "media/base/files.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/track_index.h"
#include "media/export/exporter.h"
#include "media/ffmpeg/h264_units.h"
#include "media/ffmpeg/owners.h"
#include "media/play/clip_media.h"
#include "media/play/open_readers.h"
#include "media/play/pointer_track.h"
#include "media/record/disk_writer.h"
#include "media/record/h264.h"
#include "media/record/track_file.h"
#include "media/record/track_writer.h"
#include "tests/support/environment.h"
#include "tests/support/exported_file.h"
#include "tests/support/play_rig.h"
#include "tests/support/test_clip.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

// Ten seconds, a keyframe each two.
VideoSpec film() {
  return constant_rate(300, 30);
}

// Its pictures, byte for byte.
std::set<std::string> recorded_pictures(const Bytes& track) {
  std::set<std::string> pictures;
  MemorySource source(track);
  const auto walker = TrackWalker::create(source).value();
  while (const auto fragment = walker->next().value()) {
    const auto samples = walker->samples_of(*fragment).value();
    for (const TrackSample& sample : samples)
      pictures.emplace(as_text(std::span(track).subspan(sample.offset, sample.size_bytes)));
  }
  return pictures;
}

class CopiedExport : public testing::Test {
 protected:
  fs::path out() const { return folder_.path() / "out.mp4"; }

  ClipMedia alone(const Arrangement& arrangement = {}) const {
    return arranged({.screen = memory(track_), .duration = spec_.end}, arrangement);
  }
  ClipMedia with_camera(const Arrangement& arrangement) const {
    const VideoSpec camera = constant_rate(300, 30);
    return arranged({.screen = memory(track_),
                     .camera = memory(make_video_track(camera)),
                     .voice = memory(make_sound_track({.duration = spec_.end})),
                     .duration = spec_.end},
                    arrangement);
  }
  static ClipMedia arranged(ClipMedia media, const Arrangement& arrangement) {
    media.arrangement = std::make_shared<const Arrangement>(arrangement);
    if (!arrangement.parts.empty())
      media.edits = std::make_shared<const EditList>(edits_of(arrangement, media.duration).value());
    return media;
  }

  // What a player sees, and that it has nothing to complain about.
  ExportedFile exported(const ClipMedia& media, const ExportOptions& options = {}) {
    fs::remove(out());
    const auto done = export_clip(media, out(), options, [](double) {}, {});
    EXPECT_TRUE(done) << done.error().message;
    const fs::path log = folder_.path() / "log";
    const auto played =
        run_program({"ffmpeg", "-v", "error", "-i", out(), "-f", "null", "-"}, {.errors = log});
    EXPECT_EQ(played.value_or(-1), 0);
    EXPECT_EQ(as_text(read_file(log, 10'000).value_or(Bytes{})), "");
    return read_exported(out());
  }

  // So many pictures of the file are the track's, byte for byte.
  std::size_t copied(const ExportedFile& file) const {
    const std::set<std::string> recorded = recorded_pictures(track_);
    return static_cast<std::size_t>(std::ranges::count_if(
        file.picture_packets, [&](const std::string& bytes) { return recorded.contains(bytes); }));
  }

  // At each moment of the file the picture is on show that was then.
  void expect_shown(const ExportedFile& file, const std::function<MediaTime(MediaTime)>& recorded,
                    const Rect& place = {0, 0, 640, 360}) const {
    ASSERT_FALSE(file.pictures.empty());
    for (const PicturePtr& picture : file.pictures) {
      const int number = read_frame_number(*picture, place.x, place.y, place.width, place.height);
      EXPECT_EQ(number, frame_at(spec_, recorded(picture->at) + 1ms)) << picture->at.count();
    }
  }

  const ScopedFolder folder_;
  VideoSpec spec_ = [] {
    VideoSpec spec = film();
    spec.width = 640;
    spec.height = 360;
    return spec;
  }();
  Bytes track_ = make_video_track(spec_);
};

MediaTime as_it_is(MediaTime moment) {
  return moment;
}

TEST_F(CopiedExport, OneTrackAloneIsTheRecordingsPackets) {
  ClipMedia media = alone();
  media.voice = memory(make_sound_track({.duration = spec_.end}));
  const ExportedFile file = exported(media);
  EXPECT_EQ(copied(file), 300U);
  ASSERT_EQ(file.pictures.size(), 300U);
  for (std::size_t i = 0; i < file.pictures.size(); ++i)
    EXPECT_NEAR(to_seconds(file.pictures[i]->at), to_seconds(spec_.times[i]), 0.00001);
  expect_shown(file, as_it_is);
  EXPECT_NEAR(file.duration, 10, 0.03);
  EXPECT_NEAR(static_cast<double>(file.sound_samples) / 48'000, 10, 0.1);
}

// As it lies on the disk: half a second to a fragment, a still said again now and then.
Bytes recorders_track(const VideoSpec& spec, const fs::path& path) {
  DiskWriter disk([](const Error&) {});
  const auto file = std::make_shared<DiskFile>(FileSink::create(path).value());
  const FramePtr first = numbered_frame(spec.width, spec.height, 0);
  const auto encoder = open_libx264({.first = *first}).value();
  const auto writer =
      TrackWriter::create(encoder->context(), std::make_shared<TrackFile>(disk, file, path)).value();
  for (std::size_t i = 0; i < spec.times.size(); ++i) {
    const FramePtr frame = numbered_frame(spec.width, spec.height, static_cast<int>(i));
    frame->pts = spec.times[i].count();
    frame->pict_type =
        i % static_cast<std::size_t>(spec.keyframe_every) == 0 ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    EXPECT_TRUE(encoder->send(frame.get()));
    PacketPtr packet = encoder->receive().value();
    packet->dts = packet->pts;
    EXPECT_TRUE(writer->push(std::move(packet)));
  }
  EXPECT_TRUE(writer->flush(spec.end));
  EXPECT_TRUE(disk.finish());
  return read_file(path, 100'000'000).value();
}

TEST_F(CopiedExport, ATrackOfTheRecorderIsCopiedWithItsUnevenTimes) {
  spec_.times = {0ms, 31ms, 66ms, 101ms, 1s, 1900ms, 1933ms, 1967ms, 2s, 2901ms, 3801ms, 3831ms};
  spec_.end = 4700ms;
  spec_.keyframe_every = 5;
  track_ = recorders_track(spec_, folder_.path() / "screen.mp4");
  const ExportedFile file = exported(alone());
  EXPECT_EQ(copied(file), spec_.times.size());
  ASSERT_EQ(file.pictures.size(), spec_.times.size());
  for (std::size_t i = 0; i < spec_.times.size(); ++i)
    EXPECT_NEAR(to_seconds(file.pictures[i]->at), to_seconds(spec_.times[i]), 0.00001);
  EXPECT_NEAR(file.duration, 4.7, 0.001);
  const ExportedFile cut = exported(alone({.parts = {{500ms, 2500ms}, {0s, 70ms}}}));
  // From the keyframe of 1.9 s on; then the first two, but not a third that would be seen for 4 ms.
  EXPECT_EQ(copied(cut), 4U + 2U);
  expect_shown(cut, [](MediaTime at) { return at < 1999ms ? at + 500ms : at - 2s; });
}

TEST_F(CopiedExport, BehindACutPicturesAreDrawnUpToTheNextKeyframe) {
  const ExportedFile file = exported(alone({.parts = {{0s, 2500ms}, {4300ms, 9s}}}));
  // Of the first part all; of the second those from the keyframe at 6 s on.
  EXPECT_EQ(copied(file), 75U + 90U);
  EXPECT_EQ(file.pictures.size(), 75U + 141U);
  expect_shown(file, [](MediaTime at) { return at < 2499ms ? at : at + 1800ms; });
  EXPECT_NEAR(file.duration, 7.2, 0.03);
}

TEST_F(CopiedExport, APartIsDrawnUpToItsFirstKeyframeAlsoWhereItIsAllThatIsExported) {
  const ExportedFile file = exported(alone(), {.from = 1s, .to = 5s});
  EXPECT_EQ(copied(file), 90U);
  expect_shown(file, [](MediaTime at) { return at + 1s; });
  EXPECT_NEAR(file.duration, 4, 0.03);
}

TEST_F(CopiedExport, PartsMayComeInAnyOrder) {
  const ExportedFile file = exported(alone({.parts = {{6s, 8s}, {1s, 3s}, {4s, 5s}}}));
  EXPECT_EQ(copied(file), 60U + 30U + 30U);
  expect_shown(file, [](MediaTime at) {
    const MediaTime near = at + 1ms;
    return near < 2s ? at + 6s : near < 4s ? at - 1s : at;
  });
}

TEST_F(CopiedExport, OnlyWhileTheLayoutShowsOneTrackAlone) {
  const Arrangement arrangement{.layouts = {{0s, Layout::SideBySide},
                                            {.at = 3s, .layout = Layout::Screen, .transition = 300ms},
                                            {7s, Layout::Bubble}}};
  const ExportedFile file = exported(with_camera(arrangement), {.layout = Layout::Screen});
  EXPECT_EQ(copied(file), 90U);  // from the keyframe at 4 s on
  const auto beside = compose(Layout::SideBySide, {640, 360}, Size{640, 360}, Size{320, 180}, 16);
  const auto number = [&](MediaTime at, const Rect& place) {
    return read_frame_number(*file.picture_at(at), place.x, place.y, place.width, place.height);
  };
  EXPECT_EQ(number(1510ms, *beside.screen), frame_at(spec_, 1510ms));
  EXPECT_EQ(number(1510ms, *beside.camera), frame_at(spec_, 1510ms));
  for (MediaTime at = 3310ms; at < 10s; at += 100ms)
    EXPECT_EQ(number(at, {0, 0, 640, 200}), frame_at(spec_, at)) << at.count();
}

TEST_F(CopiedExport, WhereSomethingIsCoveredNothingIsCopied) {
  const ExportedFile file = exported(alone(
      {.covered = {
           {.range = {3s, 5s}, .kind = CoverKind::Solid, .x = 0.0, .y = 0.5, .width = 0.5, .height = 0.5}}}));
  EXPECT_EQ(copied(file), 90U + 120U);  // up to 3 s, and from the keyframe at 6 s on
  expect_shown(file, as_it_is);
  const auto luma = [&](MediaTime at) {
    const Picture& picture = *file.picture_at(at);
    return static_cast<int>(picture.planes[0][300 * picture.strides[0] + 100]);
  };
  EXPECT_GT(luma(2980ms), 50);
  EXPECT_NEAR(luma(3010ms), 32, 4);
  EXPECT_NEAR(luma(4980ms), 32, 4);
  EXPECT_GT(luma(5010ms), 50);
}

TEST_F(CopiedExport, WhatIsZoomedIsDrawn) {
  EXPECT_EQ(copied(exported(alone({.zooms = {{.range = {1s, 3s}, .scale = 2}}}))), 30U + 180U);
}

TEST_F(CopiedExport, ATitleCardIsDrawnBetween) {
  const ExportedFile file = exported(
      alone({.parts = {{0s, 2s}, {20s, 22s}, {2s, 10s}}, .cards = {{.place = {20s, 22s}, .title = "Why"}}}));
  EXPECT_EQ(copied(file), 300U);
  EXPECT_EQ(read_frame_number(*file.picture_at(5s)), frame_at(spec_, 3s));
}

TEST_F(CopiedExport, APointerIsDrawnFromItsFirstMomentOn) {
  ClipMedia media = alone();
  media.pointer = std::make_shared<PointerTrack>(PointerTrack::load(
      R"({"t":5000000,"x":100,"y":300,"shape":0,"down":0})",
      [](int) -> Result<Bytes> { return fail(ErrorCode::NotFound, ""); }, *open_own_stills()));
  const ExportedFile file = exported(media);
  EXPECT_EQ(copied(file), 150U);
  expect_shown(file, as_it_is);
}

TEST_F(CopiedExport, WhatMustBeSmallerIsDrawn) {
  EXPECT_EQ(copied(exported(alone(), {.max_width = 320})), 0U);
  EXPECT_EQ(copied(exported(alone(), {.rate = {.picture_bps = 200'000}})), 0U);
  EXPECT_EQ(copied(exported(alone(), {.frames_per_second = 10})), 0U);
}

TEST_F(CopiedExport, PicturesThatAreReorderedAreDrawn) {
  track_ = make_reordered_track(spec_);
  ClipMedia media = alone();
  media.duration = spec_.end;
  const ExportedFile file = exported(media);
  EXPECT_EQ(copied(file), 0U);
  expect_shown(file, [](MediaTime at) { return at; });
}

TEST_F(CopiedExport, OtherColoursThanAnExportHasAreDrawn) {
  spec_.full_range = true;
  track_ = make_video_track(spec_);
  EXPECT_EQ(copied(exported(alone())), 0U);
}

TEST_F(CopiedExport, ATrackThatEndsEarlyStandsStill) {
  ClipMedia media = alone();
  media.duration = 14s;
  const ExportedFile file = exported(media);
  EXPECT_EQ(copied(file), 300U);
  EXPECT_NEAR(file.duration, 14, 0.05);
  EXPECT_EQ(read_frame_number(*file.picture_at(13s)), 299);
  EXPECT_GE(file.pictures.size(), 300U + 8U);  // said again each half a second
}

TEST_F(CopiedExport, ATrackThatBeginsLateShowsItsFirstPictureBefore) {
  MemorySource whole(track_);
  const TrackIndex index = index_track(whole).value();
  const auto late =
      std::ranges::find_if(index.fragments, [](const Fragment& one) { return one.start >= 4s; });
  track_.erase(track_.begin() + static_cast<std::ptrdiff_t>(index.init_size_bytes),
               track_.begin() + static_cast<std::ptrdiff_t>(late->offset));
  const ExportedFile file = exported(alone());
  EXPECT_EQ(copied(file), 180U);
  EXPECT_EQ(file.pictures.front()->at, 0s);
  EXPECT_EQ(read_frame_number(*file.picture_at(900ms)), 120);
  EXPECT_EQ(read_frame_number(*file.picture_at(5010ms)), frame_at(spec_, 5010ms));
}

TEST_F(CopiedExport, AJoinedRecordingIsCopiedIfItHasTheSameParameterSets) {
  VideoSpec other = spec_;
  const auto copied_with = [&](const char* options) {
    other.more_options = options;
    auto joined = std::make_shared<ClipMedia>();
    joined->screen = memory(make_video_track(other));
    joined->duration = other.end;
    ClipMedia media =
        alone({.parts = {{0s, 4s}, {20s, 24s}, {4s, 6s}}, .joined = {{.clip = "c", .place = {20s, 30s}}}});
    media.joined.push_back({{20s, 30s}, joined});
    const ExportedFile file = exported(media);
    expect_shown(file, [](MediaTime at) { return at < 3999ms ? at : at - 4s; });
    return copied(file);
  };
  EXPECT_EQ(copied_with(""), 120U + 120U + 60U);
  EXPECT_EQ(copied_with(":ref=2"), 120U + 60U);
}

TEST_F(CopiedExport, SeekingAnywhereShowsTheRightPicture) {
  (void)exported(alone({.parts = {{0s, 2500ms}, {4300ms, 9s}}, .covered = {{.range = {7s, 7500ms}}}}));
  for (MediaTime at = 10ms; at < 7s; at += 1s) {
    const MediaTime recorded = at < 2500ms ? at : at + 1800ms;
    EXPECT_EQ(read_frame_number(*picture_after_seek(out(), at)), frame_at(spec_, recorded)) << at.count();
  }
}

TEST_F(CopiedExport, BothEncodersParameterSetsAreInTheHeader) {
  const ExportedFile file = exported(alone({.parts = {{500ms, 9s}}}));
  const auto sets = sets_of_file(file.parameter_sets);
  ASSERT_TRUE(sets);
  EXPECT_EQ(sets->size(), 4U);
  EXPECT_TRUE(have_number(*sets, 0));
  EXPECT_TRUE(have_number(*sets, 1));
}

TEST_F(CopiedExport, ReadsNoMoreOfARecordingThanItShows) {
  const auto source = std::make_shared<FaultySource>(track_, track_.size() / 2, ErrorCode::Unavailable);
  ClipMedia media{.screen = source, .duration = spec_.end};
  EXPECT_EQ(copied(exported(media, {.to = 3s})), 90U);
}

TEST_F(CopiedExport, CancelledMidwayLeavesNothing) {
  std::stop_source stop;
  const auto done = export_clip(
      alone(), out(), {}, [&](double share) { share > 0.3 ? (void)stop.request_stop() : (void)0; },
      stop.get_token());
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, ErrorCode::Aborted);
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(CopiedExport, AFileThatMayNotGrowLeavesNothing) {
  const auto before = std::signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &limit), 0);
  const rlimit small{.rlim_cur = 20'000, .rlim_max = limit.rlim_max};
  // Not before everything is open: the decoder's memory counts as well.
  const auto done = export_clip(alone(), out(), {}, [&](double) { ::setrlimit(RLIMIT_FSIZE, &small); }, {});
  ::setrlimit(RLIMIT_FSIZE, &limit);
  std::signal(SIGXFSZ, before);
  ASSERT_FALSE(done);
  EXPECT_TRUE(done.error().message.starts_with("writing the MP4")) << done.error().message;
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

}  // namespace
}  // namespace meanwhile::test
