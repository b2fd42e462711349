#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <memory>
#include <string>

#include "media/base/child_process.h"
#include "media/capture/source.h"
#include "media/capture/source_registry.h"
#include "tests/support/capture_sinks.h"
#include "tests/support/environment.h"
#include "tests/support/pulse_server.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;

// Each look at it finds it 5 ms further: whoever is by it is never behind, however busy the machine is.
class SteppingClock final : public Clock {
 public:
  MonotonicTime now() const override { return MonotonicTime(milliseconds(5) * ++looks_); }

 private:
  mutable std::atomic<int> looks_ = 0;
};

class StandIn : public testing::Test {
 protected:
  void record(Result<std::unique_ptr<FrameSource>> source) {
    ASSERT_TRUE(source) << source.error().message;
    camera_ = std::move(*source);
    ASSERT_TRUE(camera_->start(frames_, nullptr));
  }
  void record(Result<std::unique_ptr<SampleSource>> source) {
    ASSERT_TRUE(source) << source.error().message;
    microphone_ = std::move(*source);
    ASSERT_TRUE(microphone_->start(samples_));
  }
  std::string film(const std::string& name, const std::string& graph) {
    const std::string path = (folder_.path() / name).string();
    const auto status = run_program({"ffmpeg", "-v", "error", "-f", "lavfi", "-i", graph, "-c:v", "libx264",
                                     "-preset", "ultrafast", "-pix_fmt", "yuv420p", path},
                                    {.environment = {}, .output = {}});
    EXPECT_TRUE(status && *status == 0);
    return path;
  }

  const SteadyClock clock_;
  const SteppingClock stepping_clock_;
  const ScopedFolder folder_;
  KeepingFrameSink frames_;
  KeepingSampleSink samples_;
  std::unique_ptr<FrameSource> camera_;
  std::unique_ptr<SampleSource> microphone_;
};

TEST_F(StandIn, GraphIsPacedByTheClock) {
  const auto before = clock_.now();
  record(open_camera("lavfi:testsrc2=size=320x240:rate=25", 30, clock_));
  ASSERT_TRUE(frames_.wait_for_frames(26));

  const auto stamps = frames_.stamps();

  EXPECT_EQ(camera_->info().width, 320);
  EXPECT_EQ(camera_->info().frames_per_second, 25);
  EXPECT_GE(clock_.now() - before, milliseconds(950));
  EXPECT_GE(stamps[25] - stamps[0], milliseconds(1000));
  for (std::size_t i = 1; i < stamps.size(); ++i) EXPECT_GT(stamps[i], stamps[i - 1]);
}

TEST_F(StandIn, GraphThatEndsEndsTheSource) {
  record(open_camera("lavfi:testsrc2=size=64x64:rate=25:duration=0.2", 30, clock_));

  ASSERT_TRUE(frames_.wait_for_end());

  EXPECT_EQ(frames_.end()->code, ErrorCode::EndOfStream);
  EXPECT_EQ(frames_.stamps().size(), 5U);
}

TEST_F(StandIn, FileIsLooped) {
  const std::string path = film("film.mp4", "testsrc2=size=64x48:rate=30:duration=0.3");
  record(open_camera("file:" + path, 30, stepping_clock_));
  ASSERT_TRUE(frames_.wait_for_frames(25));

  const auto stamps = frames_.stamps();

  for (std::size_t i = 1; i < stamps.size(); ++i) {
    const std::chrono::microseconds step = stamps[i] - stamps[i - 1];
    EXPECT_NEAR(static_cast<double>(step.count()), 1e6 / 30, 1) << "no seam is to be seen, frame " << i;
  }
}

TEST_F(StandIn, OddPicturesInForeignColoursAreMadeEven) {
  record(open_camera("lavfi:testsrc=size=333x111:rate=25,format=gbrp", 30, clock_));
  ASSERT_TRUE(frames_.wait_for_frames(2));

  EXPECT_EQ(camera_->info().width, 332);
  EXPECT_EQ(frames_.newest()->width, 332);
  EXPECT_EQ(frames_.newest()->height, 110);
  EXPECT_EQ(frames_.newest()->format, AV_PIX_FMT_YUV420P);
}

TEST_F(StandIn, ScreenCanBeAGraphToo) {
  record(open_screen("lavfi:color=red:size=640x360:rate=10", 30, clock_));

  EXPECT_TRUE(frames_.wait_for_frames(2));
}

TEST_F(StandIn, FormatAndInputCanBeNamed) {
  const std::string path = film("film.mkv", "testsrc2=size=64x48:rate=30:duration=0.5");
  record(open_camera("ffmpeg:matroska:" + path, 30, clock_));

  ASSERT_TRUE(frames_.wait_for_end());

  EXPECT_EQ(frames_.stamps().size(), 15U);
  EXPECT_EQ(frames_.end()->code, ErrorCode::EndOfStream);
}

// A stop that waits for the next picture is none: that comes in an hour.
TEST_F(StandIn, StopDuringAWaitReturns) {
  record(open_camera("lavfi:testsrc2=size=64x64:rate=1/3600", 30, clock_));
  ASSERT_TRUE(frames_.wait_for_frames(1));

  camera_->stop();

  EXPECT_FALSE(frames_.end());
}

TEST_F(StandIn, SoundOfAGraphComesAsSamplesOfADevice) {
  const auto before = clock_.now();
  record(open_microphone("lavfi:sine=frequency=440:sample_rate=44100", clock_));
  ASSERT_TRUE(samples_.wait_for([](const auto& state) { return state.blocks.size() >= 50; }));

  const auto blocks = samples_.blocks();

  EXPECT_EQ(microphone_->info().channels, 1);
  EXPECT_GE(clock_.now() - before, milliseconds(950));
  for (std::size_t i = 1; i < 50; ++i) {
    ASSERT_EQ(blocks[i].samples.size(), 960U);
    EXPECT_GE(blocks[i].at - blocks[i - 1].at, milliseconds(20));
  }
}

TEST_F(StandIn, AFilmTakenOnItsSideIsUpright) {
  const std::string lying = film("lying.mp4", "testsrc2=size=320x180:rate=25:duration=1");
  const std::string upright = (folder_.path() / "upright.mp4").string();
  // FFmpeg 6 has an option for it, before it was metadata.
  const auto newer =
      run_program({"ffmpeg", "-v", "quiet", "-display_rotation", "90", "-i", lying, "-c", "copy", upright},
                  {.environment = {}, .output = {}});
  if (!newer || *newer != 0) {
    const auto older = run_program(
        {"ffmpeg", "-v", "error", "-y", "-i", lying, "-c", "copy", "-metadata:s:v:0", "rotate=90", upright},
        {.environment = {}, .output = {}});
    ASSERT_TRUE(older && *older == 0);
  }
  record(open_camera("file:" + upright, 30, clock_));
  EXPECT_EQ(camera_->info().width, 180);
  EXPECT_EQ(camera_->info().height, 320);
  ASSERT_TRUE(frames_.wait_for_frames(3));
  EXPECT_EQ(frames_.newest()->width, 180);
}

TEST_F(StandIn, SoundOfAFileIsLoopedWithoutASeam) {
  const std::string path = (folder_.path() / "beep.wav").string();
  ASSERT_TRUE(write_beep(path, 440, milliseconds(300)));
  record(open_microphone("file:" + path, clock_));
  ASSERT_TRUE(samples_.wait_for([](const auto& state) { return state.blocks.size() >= 40; }));

  for (const auto& block : samples_.blocks()) EXPECT_EQ(block.samples.size(), 960U);
}

constexpr const char* kSixChannels =
    "lavfi:aevalsrc=0.1|0.1|0.1|0.1|0.1|0.4:channel_layout=5.1:sample_rate=32000";

TEST_F(StandIn, SystemSoundOfMoreChannelsThanTwoIsMixedDown) {
  record(open_system_audio(kSixChannels, clock_));
  ASSERT_TRUE(samples_.wait_for([](const auto& state) { return state.blocks.size() >= 5; }));

  EXPECT_EQ(microphone_->info().channels, 2);
  EXPECT_EQ(samples_.blocks().back().channels, 2);
}

TEST_F(StandIn, AMicrophonesChannelsStayAsTheyAre) {
  record(open_microphone(kSixChannels, clock_));
  ASSERT_TRUE(samples_.wait_for([](const auto& state) { return state.blocks.size() >= 5; }));

  ASSERT_TRUE(microphone_->info().sides);
  EXPECT_EQ(microphone_->info().sides->right, 1);
  const auto peaks = samples_.blocks().back().peaks;
  ASSERT_EQ(peaks.size(), 6U);
  EXPECT_NEAR(peaks[0], 0.1, 0.01);
  EXPECT_NEAR(peaks[5], 0.4, 0.01);
}

TEST_F(StandIn, ChannelsWithoutPlacesStayToo) {
  const std::string path = (folder_.path() / "twelve.wav").string();
  const auto status = run_program({"ffmpeg", "-v", "error", "-f", "s16le", "-ac", "12", "-ar", "48000", "-t",
                                   "1", "-i", "/dev/urandom", path},
                                  {.environment = {}, .output = {}});
  ASSERT_TRUE(status && *status == 0);
  record(open_microphone("file:" + path, clock_));
  ASSERT_TRUE(samples_.wait_for([](const auto& state) { return state.blocks.size() >= 5; }));

  const auto peaks = samples_.blocks().back().peaks;
  ASSERT_EQ(peaks.size(), 12U);
  for (const float peak : peaks) EXPECT_GT(peak, 0.9F);
}

TEST_F(StandIn, WhatIsNotThereIsNotFound) {
  for (const auto& source :
       {open_camera("file:/no/such/film.mp4", 30, clock_), open_camera("v4l2:/dev/video63", 30, clock_)}) {
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().code, ErrorCode::NotFound) << source.error().message;
  }
}

TEST_F(StandIn, GarbageFileIsAnErrorAndNotACrash) {
  const std::string path = (folder_.path() / "garbage.mp4").string();
  std::ofstream(path) << std::string(10'000, 'x');
  const std::string empty = (folder_.path() / "empty.mp4").string();
  std::ofstream{empty};

  for (const std::string& file : {path, empty}) {
    const auto camera = open_camera("file:" + file, 30, clock_);
    ASSERT_FALSE(camera) << file;
    EXPECT_EQ(camera.error().code, ErrorCode::Corrupt) << camera.error().message;
  }
}

TEST_F(StandIn, FilmCutOffInTheMiddleGivesWhatItHas) {
  const std::string path = film("cut.mkv", "testsrc2=size=64x48:rate=30:duration=1");
  std::filesystem::resize_file(path, std::filesystem::file_size(path) * 9 / 10);
  record(open_camera("ffmpeg:matroska:" + path, 30, clock_));

  ASSERT_TRUE(frames_.wait_for_end());

  EXPECT_GT(frames_.stamps().size(), 3U);
}

TEST_F(StandIn, SoundWithoutPicturesIsNoCamera) {
  const std::string path = (folder_.path() / "beep.wav").string();
  ASSERT_TRUE(write_beep(path, 440, milliseconds(300)));

  const auto camera = open_camera("file:" + path, 30, clock_);

  ASSERT_FALSE(camera);
  EXPECT_EQ(camera.error().code, ErrorCode::InvalidArgument);
}

TEST_F(StandIn, GarbageSpecsAreInvalidArguments) {
  for (const char* spec :
       {"", "v4l2:", "camera", "pulse:x", "x11::0", "file:", "file:/tmp", "lavfi:", "lavfi:no_such_filter",
        "lavfi:testsrc2=size=", "lavfi:sine", "ffmpeg:", "ffmpeg:mp4", "ffmpeg:none:x"}) {
    const auto camera = open_camera(spec, 30, clock_);
    ASSERT_FALSE(camera) << spec;
    EXPECT_EQ(camera.error().code, ErrorCode::InvalidArgument) << spec << ": " << camera.error().message;
  }
}

TEST_F(StandIn, RatesThatNobodyMeansAreInvalidArguments) {
  for (const int rate : {0, -1, 241, 1'000'000}) {
    const auto camera = open_camera("lavfi:testsrc2", rate, clock_);
    ASSERT_FALSE(camera) << rate;
    EXPECT_EQ(camera.error().code, ErrorCode::InvalidArgument) << rate;
  }
}

}  // namespace
}  // namespace meanwhile
