#include "media/record/recorder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <fstream>

#include "media/base/files.h"
#include "media/base/json.h"
#include "media/record/take.h"
#include "media/record/take_extras.h"
#include "media/record/take_summary.h"
#include "media/record/track_report.h"
#include "tests/media/record/recorder_rig.h"

namespace meanwhile {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(RecorderTest, FlashOnScreenAndCameraAndClickAgreeWithinAFrame) {
  start();
  const MonotonicTime origin = clock_.now();
  play(seconds(5), origin + seconds(4));
  const TakeSummary take = finish();

  EXPECT_EQ(time_of_flash(take.folder / "screen.mp4"), seconds(4));
  EXPECT_EQ(time_of_flash(take.folder / "camera.mp4"), seconds(4));
  EXPECT_NEAR(to_seconds(time_of_click(take.folder / "voice.mp4")), 4, 0.005);
  EXPECT_EQ(take.duration, seconds(5));
  EXPECT_THAT(take.warnings, IsEmpty());
}

TEST_F(RecorderTest, APauseIsTakenOutOfAllTracks) {
  start();
  play(seconds(2));
  recorder_->pause();
  EXPECT_EQ(recorder_->status().state, RecordState::Paused);
  play(seconds(10));
  recorder_->resume();
  play(seconds(3), clock_.now() + seconds(1));
  const TakeSummary take = finish();

  EXPECT_EQ(take.duration, seconds(5));
  EXPECT_EQ(time_of_flash(take.folder / "screen.mp4"), seconds(3));
  EXPECT_EQ(time_of_flash(take.folder / "camera.mp4"), seconds(3));
  EXPECT_NEAR(to_seconds(time_of_click(take.folder / "voice.mp4")), 3, 0.005);
  for (const TrackReport& track : take.tracks) EXPECT_NEAR(to_seconds(track.duration), 5, 0.05);
}

TEST_F(RecorderTest, AChapterIsOnTheDiskBeforeTheTakeEnds) {
  start();
  play(seconds(2));
  ASSERT_TRUE(recorder_->mark_chapter());
  const std::filesystem::path folder = recorder_->status().folder;
  EXPECT_TRUE(changes_until([&] {
    const auto take = read_take(folder);
    return take && take->chapters == Chapters{{seconds(2), ""}} && take->state == TakeState::Recording;
  }));
  finish();
  EXPECT_EQ(read_take(folder)->chapters, (Chapters{{seconds(2), ""}}));
}

TEST_F(RecorderTest, TheTakeKnowsHowLoudItIs) {
  open();
  ASSERT_TRUE(recorder_->start(takes_, {.clean_sound = true}));
  speak(seconds(3));
  const TakeSummary summary = finish();
  const Take take = read_take(summary.folder).value();
  ASSERT_TRUE(take.loudness);
  EXPECT_TRUE(take.clean_sound);
  const auto measured = measured_loudness(summary.folder);
  ASSERT_TRUE(measured);
  EXPECT_NEAR(take.loudness->integrated_lufs, measured->integrated_lufs, 0.3) << "as in the file";
}

TEST_F(RecorderTest, TheScreenStartsAtZeroWithItsNewestPicture) {
  open();
  screen_.frame(grey_frame(kWidth, kHeight, kFlash), clock_.now());
  clock_.advance(seconds(30));
  ASSERT_TRUE(recorder_->start(takes_, {}));
  clock_.advance(milliseconds(700));
  const TakeSummary take = finish();

  const auto pictures = pictures_of(take.folder / "screen.mp4").value();
  ASSERT_EQ(pictures.size(), 1U);
  EXPECT_EQ(pictures[0].at, MediaTime{});
  EXPECT_GT(pictures[0].luma, 200);
  EXPECT_EQ(take.tracks[0].duration, milliseconds(700));
}

TEST_F(RecorderTest, AScreensPictureOfBeforeTheTakeThatArrivesLateIsItsFirst) {
  const MonotonicTime before = clock_.now();
  clock_.advance(milliseconds(5));
  start();
  screen_.frame(grey_frame(kWidth, kHeight, kFlash), before);
  clock_.advance(seconds(1));
  const TakeSummary take = finish();

  const auto pictures = pictures_of(take.folder / "screen.mp4");
  ASSERT_TRUE(pictures);
  ASSERT_FALSE(pictures->empty());
  EXPECT_EQ(pictures->front().at, MediaTime{});
  EXPECT_NEAR(pictures->front().luma, kFlash, 10);
}

TEST_F(RecorderTest, AChangeDatedBeforeTheLastRepeatIsNotLost) {
  start();
  const auto encoded = [this] { return recorder_->status().tracks.front().frames_encoded; };
  screen_.frame(grey_frame(kWidth, kHeight, kDark), clock_.now());
  ASSERT_TRUE(changes_until([&] { return encoded() == 1; }));
  clock_.advance(milliseconds(1500));
  screen_.unchanged(clock_.now());
  ASSERT_TRUE(changes_until([&] { return encoded() == 2; }));
  screen_.frame(grey_frame(kWidth, kHeight, kFlash), clock_.now() - milliseconds(20));
  clock_.advance(seconds(1));
  const TakeSummary take = finish();

  const auto pictures = pictures_of(take.folder / "screen.mp4");
  ASSERT_TRUE(pictures);
  ASSERT_FALSE(pictures->empty());
  EXPECT_NEAR(pictures->back().luma, kFlash, 10);
}

// Players of playlists believe that all tracks begin together.
TEST_F(RecorderTest, ALateCamerasFirstPictureStandsFromZeroOnAndTheNextAreAtTheirTrueTimes) {
  start();
  screen_.frame(grey_frame(kWidth, kHeight, kDark), clock_.now());
  clock_.advance(milliseconds(2500));
  camera_.frame(grey_frame(kWidth, kHeight, kDark), clock_.now());
  clock_.advance(milliseconds(500));
  camera_.frame(grey_frame(kWidth, kHeight, kFlash), clock_.now());
  clock_.advance(milliseconds(500));
  const TakeSummary take = finish();

  const auto pictures = pictures_of(take.folder / "camera.mp4").value();
  std::vector<MediaTime> times;
  for (const PictureFacts& picture : pictures) times.push_back(picture.at);
  EXPECT_EQ(times,
            (std::vector<MediaTime>{seconds(0), seconds(1), seconds(2), milliseconds(2500), seconds(3)}));
  EXPECT_NEAR(pictures.front().luma, kDark, 10);
  EXPECT_EQ(time_of_flash(take.folder / "camera.mp4"), seconds(3));
}

TEST_F(RecorderTest, ACameraThatGoesAwayEndsAloneWithAWarning) {
  start();
  play(seconds(1));
  camera_.end({ErrorCode::Io, "the cable was pulled"});
  play(seconds(1));
  EXPECT_EQ(recorder_->status().state, RecordState::Recording);
  const TakeSummary take = finish();

  EXPECT_THAT(take.warnings, Contains(HasSubstr("the cable was pulled")));
  ASSERT_EQ(take.tracks.size(), 3U);
  EXPECT_TRUE(take.tracks[1].is_over);
  EXPECT_NEAR(to_seconds(take.tracks[1].duration), 1, 0.06);
  EXPECT_EQ(take.tracks[0].duration, seconds(2));
}

TEST_F(RecorderTest, AStalledCameraIsSaidAndItsLastPictureKeepsTheTrackCurrent) {
  start();
  play(seconds(1));
  clock_.advance(seconds(5));
  ASSERT_TRUE(changes_until([&] { return recorder_->status().tracks[1].frames_encoded > 20; }));
  EXPECT_TRUE(changes_until([&] { return recorder_->status().warnings.size() >= 2; }));
  const TakeSummary take = finish();

  EXPECT_THAT(take.warnings, Contains(HasSubstr("The camera (Camera) gave nothing")));
  EXPECT_GE(pictures_of(take.folder / "camera.mp4").value().back().at, seconds(5));
}

TEST_F(RecorderTest, ASourceThatGivesNothingIsLeftOutAndSaid) {
  start();
  for (int i = 0; i < 20; ++i, clock_.advance(milliseconds(50))) {
    screen_.frame(grey_frame(kWidth, kHeight, kDark), clock_.now());
  }
  const TakeSummary take = finish();

  ASSERT_EQ(take.tracks.size(), 1U);
  EXPECT_THAT(take.warnings, Contains(HasSubstr("The camera (Camera) gave nothing")));
  EXPECT_FALSE(std::filesystem::exists(take.folder / "camera.mp4"));
}

TEST_F(RecorderTest, ASilentMicrophoneIsSaid) {
  start();
  for (int i = 0; i < 100; ++i, clock_.advance(milliseconds(10))) {
    voice_.samples(sound_block(1, 480, 0, [](std::int64_t) { return 0.0F; }), clock_.now());
  }
  EXPECT_THAT(finish().warnings, Contains(HasSubstr("recorded only silence")));
}

TEST_F(RecorderTest, CancelLeavesNothing) {
  start();
  play(seconds(1));
  recorder_->cancel();

  EXPECT_TRUE(std::filesystem::is_empty(takes_));
  EXPECT_FALSE(recorder_->finish());
}

TEST_F(RecorderTest, ARecorderThatIsForgottenStillSavesItsTake) {
  start();
  play(seconds(1));
  recorder_.reset();

  const auto takes = list_takes(takes_);
  ASSERT_EQ(takes.size(), 1U);
  EXPECT_EQ(takes[0].state, TakeState::Finished);
}

TEST_F(RecorderTest, AMissingDefaultDeviceIsLeftOutAndANamedOneMustBeThere) {
  parts_.open_camera = parts_without_devices().open_camera;
  open();
  EXPECT_THAT(recorder_->status().warnings, Contains(HasSubstr("No camera found. Plug one in")));

  settings_.camera = "v4l2:/dev/video7";
  const auto named = create_recorder(settings_, clock_, nullptr, parts_);
  ASSERT_FALSE(named);
  EXPECT_EQ(named.error().code, ErrorCode::NotFound);
}

TEST_F(RecorderTest, NothingAtAllToRecordIsAnError) {
  settings_ = {.screen = "none", .camera = "none", .microphone = "none"};
  const auto recorder = create_recorder(settings_, clock_, nullptr, parts_);
  ASSERT_FALSE(recorder);
  EXPECT_EQ(recorder.error().code, ErrorCode::InvalidArgument);
}

TEST_F(RecorderTest, ShowsTheNewestPictureAndTheLevelBeforeItStarts) {
  open();
  EXPECT_EQ(recorder_->preview(TrackKind::Screen), nullptr);
  screen_.frame(grey_frame(kWidth, kHeight, 99), clock_.now());
  play_sound(clock_.now(), clock_.now());

  const PicturePtr picture = recorder_->preview(TrackKind::Screen);
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->planes[0][0], 99);
  EXPECT_EQ(picture, recorder_->preview(TrackKind::Screen));
  EXPECT_NEAR(recorder_->status().voice_peak, 0.9, 0.01);
  EXPECT_EQ(recorder_->status().state, RecordState::Armed);
  EXPECT_GT(changes_, 1);
}

TEST_F(RecorderTest, WritesThePointerWithItsShapesOnTheTakesClock) {
  start();
  screen_.frame(grey_frame(kWidth, kHeight, kDark), clock_.now());
  screen_.shape(
      {.index = 0, .width = 2, .height = 1, .hot_x = 1, .hot_y = 0, .rgba = {255, 0, 0, 255, 0, 0, 0, 0}});
  screen_.pointer({clock_.now(), 10, 20, 0, 0});
  clock_.advance(milliseconds(100));
  recorder_->pause();
  clock_.advance(seconds(5));
  screen_.pointer({clock_.now(), 11, 21, 0, 0});
  recorder_->resume();
  clock_.advance(milliseconds(250));
  screen_.pointer({clock_.now(), -3, 22, 0, 1});
  const TakeSummary take = finish();

  EXPECT_EQ(text_of(take.folder / "pointer.jsonl"),
            "{\"define\":0,\"file\":\"pointer-0.png\",\"hot_x\":1,\"hot_y\":0}\n"
            "{\"t\":0,\"x\":10,\"y\":20,\"shape\":0,\"down\":0}\n"
            "{\"t\":100000,\"x\":11,\"y\":21,\"shape\":0,\"down\":0}\n"
            "{\"t\":350000,\"x\":-3,\"y\":22,\"shape\":0,\"down\":1}\n");
  EXPECT_THAT(text_of(take.folder / "pointer-0.png"), HasSubstr("PNG"));
}

TEST_F(RecorderTest, TheFolderHoldsEverythingThatIsPromised) {
  start();
  play(seconds(2), clock_.now() + seconds(1));
  const TakeSummary summary = finish();

  const auto take = read_take(summary.folder);
  ASSERT_TRUE(take);
  EXPECT_EQ(take->state, TakeState::Finished);
  EXPECT_EQ(take->title, "A title");
  EXPECT_EQ(take->channel, "a-channel");
  EXPECT_EQ(take->duration, seconds(2));
  EXPECT_EQ(take->tracks.size(), 3U);
  EXPECT_FALSE(take->is_being_recorded);
  EXPECT_TRUE(text_of(summary.folder / "poster.jpg").starts_with("\xff\xd8"));
  const auto waveform = parse_json(text_of(summary.folder / "waveform.json"));
  ASSERT_TRUE(waveform);
  EXPECT_EQ((*waveform)["peaks"].size(), 40U);
  EXPECT_NEAR((*waveform)["peaks"][20].get<int>(), 90, 1);
  EXPECT_FALSE(std::filesystem::exists(summary.folder / "lock"));
}

TEST_F(RecorderTest, CountsFramesTruthfully) {
  start();
  play(seconds(2));
  const TakeSummary take = finish();

  EXPECT_EQ(take.tracks[0].frames_captured, 40);
  EXPECT_EQ(take.tracks[0].frames_encoded + take.tracks[0].frames_dropped, 40);
  EXPECT_EQ(packets_of(take.folder / "screen.mp4")->size(),
            static_cast<std::size_t>(take.tracks[0].frames_encoded));
  EXPECT_EQ(packets_of(take.folder / "voice.mp4")->size(),
            static_cast<std::size_t>(take.tracks[2].frames_encoded));
}

TEST_F(RecorderTest, AnotherProcessSeesThatATakeIsBeingRecorded) {
  start();
  play(seconds(1));
  const auto takes = list_takes(takes_);
  ASSERT_EQ(takes.size(), 1U);
  EXPECT_TRUE(takes[0].is_being_recorded);
  EXPECT_EQ(recover_take(takes[0].folder).error().code, ErrorCode::Unavailable);
  EXPECT_EQ(discard_take(takes[0].folder).error().code, ErrorCode::Unavailable);
  recorder_->cancel();
}

TEST_F(RecorderTest, ASecondRecorderOnTheSameHomeRecordsTooAndSaysSo) {
  start();
  play(milliseconds(500));
  const auto second = create_recorder(settings_, clock_, nullptr, parts_);
  ASSERT_TRUE(second);
  ASSERT_TRUE((*second)->start(takes_, {}));
  EXPECT_THAT((*second)->status().warnings, Contains(HasSubstr("Another recording")));
  EXPECT_EQ(recorder_->status().warnings.size(), 0U);
  EXPECT_TRUE((*second)->finish());
  EXPECT_TRUE(recorder_->finish());
  EXPECT_EQ(list_takes(takes_).size(), 2U);
}

// MEANWHILE_LONG_TAKE_HOURS: for whoever wants to know how long a stop takes after so much; no verdict.
TEST_F(RecorderTest, ALongTakeStopsAsQuicklyAsAShortOne) {
  const char* hours = std::getenv("MEANWHILE_LONG_TAKE_HOURS");
  if (!hours) GTEST_SKIP() << "MEANWHILE_LONG_TAKE_HOURS isn't set";
  settings_.camera = "none";
  start();
  const MonotonicTime end = clock_.now() + std::chrono::hours(std::atoi(hours));
  const FramePtr sound =
      sound_block(1, 4800, 0, [](std::int64_t n) { return 0.001F * static_cast<float>(n % 7); });
  while (clock_.now() < end) {
    screen_.frame(grey_frame(kWidth, kHeight, kDark, ++step_), clock_.now());
    for (int block = 0; block < 10; ++block, clock_.advance(milliseconds(100)))
      voice_.samples(reference(*sound), clock_.now());
  }
  // What the machine is behind is not what stopping takes.
  const auto is_up_to_date = [&] {
    const RecordStatus status = recorder_->status();
    return status.tracks[1].frames_encoded * 1024 / 48'000 + 2 > to_seconds(status.elapsed);
  };
  for (int i = 0; i < 10 && !changes_until(is_up_to_date);) ++i;
  const auto before = std::chrono::steady_clock::now();
  const TakeSummary take = finish();
  const auto took = std::chrono::steady_clock::now() - before;
  std::printf("%s h: stopped within %.0f ms\n", hours,
              std::chrono::duration<double, std::milli>(took).count());
  EXPECT_EQ(take.duration, std::chrono::hours(std::atoi(hours)));
}

// A disk that takes some bytes and then no more, in the middle of a write.
class FullingSink final : public ByteSink {
 public:
  FullingSink(std::unique_ptr<ByteSink> file, std::shared_ptr<std::atomic<std::int64_t>> room)
      : file_(std::move(file)), room_(std::move(room)) {}
  Result<void> append(std::span<const std::byte> bytes) override {
    const std::int64_t room = room_->fetch_sub(std::ssize(bytes));
    if (room >= std::ssize(bytes)) return file_->append(bytes);
    if (room > 0) MEANWHILE_TRY(file_->append(bytes.first(static_cast<std::size_t>(room))));
    return fail(ErrorCode::NoSpace, "writing the track: the disk is full");
  }
  Result<void> sync() override { return file_->sync(); }

 private:
  const std::unique_ptr<ByteSink> file_;
  const std::shared_ptr<std::atomic<std::int64_t>> room_;
};

TEST_F(RecorderTest, AFullDiskStopsTheTakeAndKeepsItUpToThere) {
  const auto room = std::make_shared<std::atomic<std::int64_t>>(60'000);
  parts_.make_sink = [room](const std::filesystem::path& path) -> Result<std::unique_ptr<ByteSink>> {
    auto file = FileSink::create(path);
    if (!file) return std::unexpected(file.error());
    return std::make_unique<FullingSink>(std::move(*file), room);
  };
  start();
  for (int i = 0; i < 60 && recorder_->status().state == RecordState::Recording; ++i) play(seconds(1));
  for (int i = 0; i < 600 && recorder_->status().state == RecordState::Recording; ++i) play(milliseconds(50));
  EXPECT_EQ(recorder_->status().state, RecordState::Failed);
  const TakeSummary take = finish();

  EXPECT_THAT(take.warnings, Contains(HasSubstr("free some space")));
  ASSERT_FALSE(take.tracks.empty());
  for (const TrackReport& track : take.tracks) {
    const auto path = take.folder / track.file;
    EXPECT_EQ(track.bytes, std::filesystem::file_size(path));
    EXPECT_TRUE(track.kind == TrackKind::Voice ? sound_of(path).has_value() : pictures_of(path).has_value());
  }
  EXPECT_EQ(read_take(take.folder)->state, TakeState::Finished);
}

// A real file system of 20 MB; only root may mount one.
TEST_F(RecorderTest, AFullFileSystemStopsTheTakeWithSpaceToSpareForItsSmallFiles) {
  const std::filesystem::path mount_point = folder_.path() / "small";
  std::filesystem::create_directories(mount_point);
  if (::mount("tmpfs", mount_point.c_str(), "tmpfs", 0, "size=20m") != 0)
    GTEST_SKIP() << "needs root to mount a tmpfs";
  start_in(mount_point);
  play(seconds(1));
  std::ofstream(mount_point / "ballast") << std::string(17 << 20, 'x');
  EXPECT_TRUE(changes_until([&] { return recorder_->status().state == RecordState::Failed; }));
  const TakeSummary take = finish();

  EXPECT_THAT(take.warnings, Contains(HasSubstr("the disk is nearly full")));
  EXPECT_EQ(read_take(take.folder)->state, TakeState::Finished);
  EXPECT_TRUE(std::filesystem::exists(take.folder / "poster.jpg"));
  EXPECT_TRUE(pictures_of(take.folder / "screen.mp4"));
  recorder_.reset();
  ::umount(mount_point.c_str());
}

TEST_F(RecorderTest, PersonWhoCancelsTheDialogForTheScreenEndsOpening) {
  parts_.open_screen = [](const std::string&, int, const Clock&) -> Result<std::unique_ptr<FrameSource>> {
    return fail(ErrorCode::Aborted, "no screen was chosen");
  };
  const auto recorder = create_recorder(settings_, clock_, nullptr, parts_);
  ASSERT_FALSE(recorder);
  EXPECT_EQ(recorder.error().code, ErrorCode::Aborted);
  EXPECT_EQ(recorder.error().message, "no screen was chosen");
}

TEST_F(RecorderTest, TooLittleSpaceIsAnErrorAtTheStart) {
  parts_.free_space = [](const std::filesystem::path&) -> Result<std::uint64_t> { return 1 << 20; };
  open();
  const auto started = recorder_->start(takes_, {});
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, ErrorCode::NoSpace);
}

TEST_F(RecorderTest, AFolderThatCannotBeWrittenIsAnErrorAtTheStart) {
  open();
  std::ofstream(folder_.path() / "file") << "not a folder";
  EXPECT_FALSE(recorder_->start(folder_.path() / "file" / "takes", {}));
  EXPECT_EQ(recorder_->status().state, RecordState::Armed);
}

}  // namespace
}  // namespace meanwhile
