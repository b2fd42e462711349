// A machine that can't keep up: what is left out, what is said, and what never suffers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <thread>

#include "media/record/recorder.h"
#include "media/record/track_report.h"
#include "tests/support/scripted_encoders.h"
#include "tests/support/scripted_sources.h"
#include "tests/support/track_inspection.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::HasSubstr;

constexpr int kWidth = 320;
constexpr int kHeight = 180;
constexpr milliseconds kPictureInterval{50};

class BusyMachineTest : public ::testing::Test {
 protected:
  BusyMachineTest() : parts_(parts_without_devices()) {
    parts_.open_screen = always(screen_);
    parts_.open_camera = always(camera_);
    parts_.open_microphone = always(voice_);
    parts_.software_encoder = encoders_.opener();
  }
  ~BusyMachineTest() override { encoders_.allow_all(); }

  void start() {
    recorder_ = create_recorder({}, clock_, [] {}, parts_).value();
    ASSERT_TRUE(recorder_->start(folder_.path() / "takes", {}));
  }
  void play(MediaTime length) {
    for (const MonotonicTime end = clock_.now() + length; clock_.now() < end;) play_picture();
  }
  // As play(), but the encoders come along.
  void play_gently(MediaTime length) {
    for (const MonotonicTime end = clock_.now() + length; clock_.now() < end;) {
      play_picture();
      while (!are_encoders_idle()) std::this_thread::yield();
    }
  }
  void play_picture() {
    ++step_;
    const MonotonicTime at = clock_.now();
    screen_.frame(grey_frame(kWidth, kHeight, 100, step_), at);
    camera_.frame(grey_frame(kWidth, kHeight, 100, step_), at);
    for (int block = 0; block < 5; ++block) {
      voice_.samples(sound_block(1, 480, 0, [](std::int64_t n) { return 0.01F * static_cast<float>(n % 7); }),
                     at + block * milliseconds(10));
    }
    clock_.advance(kPictureInterval);
  }
  bool are_encoders_idle() const {
    return std::ranges::all_of(recorder_->status().tracks, [](const TrackReport& track) {
      const bool has_pictures = track.kind == TrackKind::Screen || track.kind == TrackKind::Camera;
      return !has_pictures || track.frames_encoded + track.frames_dropped >= track.frames_captured;
    });
  }
  TrackReport report(TrackKind kind) const {
    for (const TrackReport& track : recorder_->status().tracks) {
      if (track.kind == kind) return track;
    }
    return {};
  }

  ScratchFolder folder_;
  ScriptedClock clock_;
  ScriptedFrames screen_{{"Screen", kWidth, kHeight, 20}};
  ScriptedFrames camera_{{"Camera", kWidth, kHeight, 20}};
  ScriptedSamples voice_{{"Microphone", 1}};
  SlowEncoder encoders_;
  RecorderParts parts_;
  int step_ = 0;
  std::unique_ptr<Recorder> recorder_;
};

TEST_F(BusyMachineTest, LeavesOutPicturesAndSaysSoButKeepsAllOfTheSound) {
  start();
  play(seconds(8));
  EXPECT_THAT(recorder_->status().warnings, Contains(HasSubstr("the recording will be larger")));
  EXPECT_THAT(recorder_->status().warnings,
              Contains(HasSubstr("the camera is recorded at half the frame rate")));
  EXPECT_THAT(recorder_->status().warnings, Contains(HasSubstr("far too busy")));
  encoders_.allow_all();
  const auto summary = recorder_->finish();
  ASSERT_TRUE(summary);

  EXPECT_EQ(encoders_.effort(), Effort::Quick);
  const SoundFacts sound = sound_of(summary->folder / "voice.mp4").value();
  EXPECT_NEAR(static_cast<double>(sound.samples.size()), 8 * 48'000, 2'048);
  for (const TrackReport& track : summary->tracks) {
    if (track.kind == TrackKind::Voice) continue;
    // One more where the first one came late: it stands from 0 on, and where it came.
    const std::int64_t accounted = track.frames_encoded + track.frames_dropped;
    EXPECT_GE(accounted, track.frames_captured);
    EXPECT_LE(accounted, track.frames_captured + 1);
    EXPECT_GT(track.frames_dropped, 0);
  }
}

TEST_F(BusyMachineTest, DoesAllTheWorkAgainAfterAWhileOfCalm) {
  start();
  play(seconds(8));
  encoders_.allow_all();
  play_gently(seconds(50));
  const std::int64_t lost = report(TrackKind::Screen).frames_dropped;
  const std::int64_t lost_of_camera = report(TrackKind::Camera).frames_dropped;
  play_gently(seconds(5));

  EXPECT_EQ(encoders_.effort(), Effort::Full);
  EXPECT_EQ(report(TrackKind::Screen).frames_dropped, lost);
  EXPECT_EQ(report(TrackKind::Camera).frames_dropped, lost_of_camera);
}

TEST_F(BusyMachineTest, TheLastPictureOfAScreenIsRecordedHoweverBusyItWas) {
  start();
  play(seconds(8));
  encoders_.allow_all();
  play_gently(milliseconds(100));
  screen_.frame(grey_frame(kWidth, kHeight, 200), clock_.now());
  clock_.advance(seconds(1));
  screen_.unchanged(clock_.now());
  clock_.advance(seconds(1));
  const auto summary = recorder_->finish();
  ASSERT_TRUE(summary);

  EXPECT_NEAR(pictures_of(summary->folder / "screen.mp4").value().back().luma, 200, 8);
}

}  // namespace
}  // namespace meanwhile
