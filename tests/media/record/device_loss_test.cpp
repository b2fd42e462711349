// Devices that go away and come back in the middle of a take, and a machine that sleeps.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "media/record/take.h"
#include "tests/media/record/recorder_rig.h"

namespace meanwhile {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

class DeviceLossTest : public RecorderTest {
 protected:
  DeviceLossTest() { parts_.reopen_interval = milliseconds(5); }
  TrackHealth health_of(std::size_t track) const { return recorder_->status().tracks[track].health; }
  static Error unplugged() { return {ErrorCode::Unavailable, "it was unplugged"}; }
};

TEST_F(DeviceLossTest, APulledMicrophoneIsReplacedByTheNextInTheSameTrack) {
  ScriptedSamples second({"Second microphone", 2});
  std::atomic<int> openings = 0;
  parts_.open_microphone = [&](const std::string&, const Clock&) -> Result<std::unique_ptr<SampleSource>> {
    return openings++ == 0 ? voice_.source() : second.source();
  };
  start();
  play(seconds(2));
  voice_.end(unplugged());
  ASSERT_TRUE(changes_until([&] { return second.is_started(); }));
  ASSERT_TRUE(changes_until([&] { return health_of(2) == TrackHealth::Good; }));
  const MonotonicTime click = clock_.now() + seconds(1);
  for (int block = 0; block < 200; ++block, clock_.advance(milliseconds(10))) {
    second.samples(
        sound_block(2, 480, 0, [&](std::int64_t) { return clock_.now() == click ? 0.9F : 0.001F; }),
        clock_.now());
  }
  const TakeSummary take = finish();

  EXPECT_THAT(take.warnings, Contains(HasSubstr("it was unplugged")));
  EXPECT_THAT(take.warnings, Contains(HasSubstr("recorded again, from Second microphone")));
  ASSERT_EQ(take.tracks.size(), 3U);
  EXPECT_FALSE(take.tracks[2].is_over);
  EXPECT_NEAR(to_seconds(take.tracks[2].duration), 4, 0.05);
  EXPECT_NEAR(to_seconds(time_of_click(take.folder / "voice.mp4")), 3, 0.005);
}

TEST_F(DeviceLossTest, ANamedMicrophoneThatIsGoneFallsBackToTheDefaultOne) {
  ScriptedSamples second({"Second microphone", 1});
  std::atomic<bool> is_there = true;
  settings_.microphone = "pulse:named";
  parts_.open_microphone = [&](const std::string& spec,
                               const Clock&) -> Result<std::unique_ptr<SampleSource>> {
    if (spec == "default") return second.source();
    if (is_there) return voice_.source();
    return fail(ErrorCode::NotFound, "there is none");
  };
  start();
  play(seconds(1));
  is_there = false;
  voice_.end(unplugged());
  EXPECT_TRUE(changes_until([&] { return second.is_started(); }));
  recorder_->cancel();
}

TEST_F(DeviceLossTest, WithoutAnotherMicrophoneTheTrackGoesOnInSilence) {
  std::atomic<int> openings = 0;
  parts_.open_microphone = [&](const std::string&, const Clock&) -> Result<std::unique_ptr<SampleSource>> {
    if (openings++ == 0) return voice_.source();
    return fail(ErrorCode::NotFound, "there is none");
  };
  start();
  speak(seconds(2));
  voice_.end(unplugged());
  EXPECT_EQ(health_of(2), TrackHealth::Lost);
  clock_.advance(seconds(8));
  // Take-watch keeps the track current while the device is away.
  EXPECT_TRUE(changes_until([&] { return recorder_->status().tracks[2].duration > seconds(9); }));
  const TakeSummary take = finish();

  EXPECT_TRUE(take.tracks[2].is_over);
  EXPECT_GT(take.tracks[2].duration, seconds(9));
}

TEST_F(DeviceLossTest, AnUnpluggedCameraIsTakenUpAgainAndItsLastPictureStandsMeanwhile) {
  std::atomic<bool> is_there = true;
  parts_.open_camera = [&](const std::string&, int, const Clock&) -> Result<std::unique_ptr<FrameSource>> {
    if (is_there) return camera_.source();
    return fail(ErrorCode::NotFound, "there is none");
  };
  start();
  play(seconds(2));
  is_there = false;
  camera_.end(unplugged());
  EXPECT_EQ(health_of(1), TrackHealth::Lost);
  play(seconds(3));
  is_there = true;
  ASSERT_TRUE(changes_until([&] { return camera_.is_started(); }));
  ASSERT_TRUE(changes_until([&] { return health_of(1) == TrackHealth::Good; }));
  play(seconds(2), clock_.now() + seconds(1));
  const TakeSummary take = finish();

  EXPECT_THAT(take.warnings, Contains(HasSubstr("recorded again, from Camera")));
  EXPECT_FALSE(take.tracks[1].is_over);
  EXPECT_EQ(take.tracks[1].duration, seconds(7));
  EXPECT_EQ(time_of_flash(take.folder / "camera.mp4"), seconds(6));
  EXPECT_EQ(time_of_flash(take.folder / "screen.mp4"), seconds(6));
}

TEST_F(DeviceLossTest, ACameraWithAnotherPictureSizeIsNotTakenUpAndSaid) {
  ScriptedFrames other({"Other camera", 640, 360, 20});
  std::atomic<int> openings = 0;
  parts_.open_camera = [&](const std::string&, int, const Clock&) -> Result<std::unique_ptr<FrameSource>> {
    return openings++ == 0 ? camera_.source() : other.source();
  };
  start();
  play(seconds(1));
  camera_.end(unplugged());
  EXPECT_TRUE(changes_until([&] { return openings > 2; }));
  const TakeSummary take = finish();

  EXPECT_THAT(take.warnings, Contains(HasSubstr("pictures of another size")));
  EXPECT_TRUE(take.tracks[1].is_over);
}

TEST_F(DeviceLossTest, DevicesThatAreLostBeforeTheStartAreTakenUpToo) {
  open();
  camera_.end(unplugged());
  voice_.end(unplugged());
  ASSERT_TRUE(changes_until([&] { return camera_.is_started() && voice_.is_started(); }));
  ASSERT_TRUE(
      changes_until([&] { return health_of(1) == TrackHealth::Good && health_of(2) == TrackHealth::Good; }));
  ASSERT_TRUE(recorder_->start(takes_, {}));
  play(seconds(1));
  EXPECT_EQ(finish().tracks.size(), 3U);
}

TEST_F(DeviceLossTest, AMachineThatSleptFindsItsTakePaused) {
  std::atomic<std::int64_t> asleep_us = 0;
  parts_.time_asleep = [&asleep_us] { return std::chrono::microseconds(asleep_us); };
  start();
  play(seconds(2));
  asleep_us = MediaTime(std::chrono::minutes(10)).count();
  ASSERT_TRUE(changes_until([&] { return recorder_->status().state == RecordState::Paused; }));
  play(seconds(5));
  recorder_->resume();
  play(seconds(2), clock_.now() + seconds(1));
  const TakeSummary take = finish();

  EXPECT_EQ(take.duration, seconds(4));
  EXPECT_EQ(time_of_flash(take.folder / "screen.mp4"), seconds(3));
  EXPECT_NEAR(to_seconds(time_of_click(take.folder / "voice.mp4")), 3, 0.005);
  EXPECT_THAT(take.warnings, Contains(HasSubstr("The computer slept")));
}

}  // namespace
}  // namespace meanwhile
