#include "media/capture/avdevice/cameras.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "media/capture/devices.h"
#include "media/capture/source.h"
#include "media/capture/source_registry.h"
#include "tests/support/capture_sinks.h"
#include "tests/support/fake_camera.h"

namespace meanwhile {
namespace {

using std::chrono::milliseconds;

TEST(ChooseMode, PrefersJpegAt720Lines) {
  const auto mode = choose_mode({{"yuyv422", 640, 480, 30},
                                 {"yuyv422", 1280, 720, 10},
                                 {"mjpeg", 1280, 720, 30},
                                 {"mjpeg", 1920, 1080, 30}},
                                30);

  ASSERT_TRUE(mode);
  EXPECT_EQ(mode->format, "mjpeg");
  EXPECT_EQ(mode->width, 1280);
}

TEST(ChooseMode, PrefersFluentSmallPicturesToJerkyLargeOnes) {
  const auto mode = choose_mode({{"yuyv422", 640, 480, 30}, {"yuyv422", 1280, 720, 5}}, 30);

  ASSERT_TRUE(mode);
  EXPECT_EQ(mode->width, 640);
}

TEST(ChooseMode, PrefersSmallerPicturesToMoreThanAFaceNeeds) {
  const auto mode = choose_mode({{"yuyv422", 640, 480, 30}, {"mjpeg", 1920, 1080, 30}}, 30);

  ASSERT_TRUE(mode);
  EXPECT_EQ(mode->width, 640);
}

TEST(FindMode, TakesTheBestOfThoseThatWereAskedFor) {
  const Camera camera{"/dev/video9",
                      "Cam",
                      {{"yuyv422", 1920, 1080, 5}, {"mjpeg", 1920, 1080, 15}, {"mjpeg", 1920, 1080, 29.97}}};

  const auto any = find_mode(camera, {.path = "/dev/video9", .size = Size{1920, 1080}}, 30);
  const auto slow =
      find_mode(camera, {.path = "/dev/video9", .size = Size{1920, 1080}, .frames_per_second = 5}, 30);
  const auto fast =
      find_mode(camera, {.path = "/dev/video9", .size = Size{1920, 1080}, .frames_per_second = 30}, 30);

  ASSERT_TRUE(any && *any && slow && *slow && fast && *fast);
  EXPECT_EQ((*any)->frames_per_second, 29.97);
  EXPECT_EQ((*slow)->format, "yuyv422");
  EXPECT_EQ((*fast)->frames_per_second, 29.97);
}

TEST(FindMode, SaysWhatThereIsInstead) {
  const Camera camera{
      "/dev/video9", "Cam", {{"yuyv422", 640, 480, 30}, {"mjpeg", 640, 480, 30}, {"mjpeg", 1280, 720, 15}}};

  const auto size = find_mode(camera, {.path = "/dev/video9", .size = Size{800, 600}}, 30);
  const auto rate =
      find_mode(camera, {.path = "/dev/video9", .size = Size{1280, 720}, .frames_per_second = 60}, 30);

  ASSERT_FALSE(size);
  EXPECT_EQ(size.error().code, ErrorCode::InvalidArgument);
  EXPECT_EQ(size.error().message, "opening Cam: it doesn't offer 800x600; it has 640x480, 1280x720");
  ASSERT_FALSE(rate);
  EXPECT_EQ(rate.error().message,
            "opening Cam: it doesn't offer 1280x720 at 60 pictures a second; it has 15");
}

TEST(ChooseMode, TakesWhatThereIs) {
  EXPECT_EQ(choose_mode({{"yuyv422", 160, 120, 5}}, 30)->width, 160);
  EXPECT_FALSE(choose_mode({}, 30));
}

TEST(Cameras, ThoseForFacesComeBeforeInfraredOnes) {
  std::vector<Camera> cameras{{"/dev/video0", "Integrated IR Camera", {}, false},
                              {"/dev/video2", "Integrated Camera", {}, true},
                              {"/dev/video4", "Other", {}, true}};
  put_faces_first(cameras);
  EXPECT_EQ(cameras[0].path, "/dev/video2");
  EXPECT_EQ(cameras[1].path, "/dev/video4");
  EXPECT_EQ(cameras[2].path, "/dev/video0");
}

TEST(Cameras, AreCalledInfraredByAWordOfTheirNameOnly) {
  for (const char* name : {"Integrated IR Camera", "HP IR", "ir cam", "USB Infrared Camera"})
    EXPECT_TRUE(is_called_infrared(name)) << name;
  for (const char* name : {"AirPlay", "Mirror Cam", "Fairphone", "Irix", "Camera", ""})
    EXPECT_FALSE(is_called_infrared(name)) << name;
}

TEST(Cameras, ModesWithPaddedLinesAreLeftOut) {
  FakeCamera camera;
  camera.set(FakeCamera::State::Padded);
  const auto padded = find_camera(FakeCamera::kPath);
  ASSERT_TRUE(padded);
  EXPECT_FALSE(padded->is_unreadable);
  ASSERT_FALSE(padded->modes.empty());
  for (const CameraMode& mode : padded->modes) EXPECT_EQ(mode.format, "mjpeg");
}

TEST(Cameras, OneThatHasOnlyGreyPicturesSeesNoColours) {
  FakeCamera camera;
  EXPECT_TRUE(find_camera(FakeCamera::kPath)->sees_colours);
  camera.set(FakeCamera::State::Infrared);
  const auto infrared = find_camera(FakeCamera::kPath);
  ASSERT_TRUE(infrared);
  EXPECT_FALSE(infrared->sees_colours);
  ASSERT_FALSE(infrared->modes.empty());
  EXPECT_EQ(infrared->modes.front().format, "gray");
}

class Webcam : public testing::Test {
 protected:
  void record(const std::string& mode = "") {
    auto source = open_camera(FakeCamera::kSpec + mode, 30, clock_);
    ASSERT_TRUE(source) << source.error().message;
    source_ = std::move(*source);
    ASSERT_TRUE(source_->start(frames_, nullptr));
    ASSERT_TRUE(frames_.wait_for_frames(5));
  }

  const SteadyClock clock_;
  FakeCamera camera_;
  KeepingFrameSink frames_;
  std::unique_ptr<FrameSource> source_;  // last: stopped before the camera goes
};

TEST_F(Webcam, GivesJpegsAt720LinesWithTheirNumbers) {
  record();
  ASSERT_TRUE(frames_.wait_for_frames(30));

  EXPECT_EQ(source_->info().name, FakeCamera::kName);
  EXPECT_EQ(source_->info().width, 1280);
  EXPECT_EQ(source_->info().height, 720);
  EXPECT_EQ(source_->info().frames_per_second, 30);
  EXPECT_EQ(frames_.newest()->format, AV_PIX_FMT_YUV420P);
  EXPECT_EQ(frames_.newest()->color_range, AVCOL_RANGE_JPEG);
  EXPECT_TRUE(read_number(*frames_.newest()));
}

// How red-blue a place is: of the upper left corner's colours there is a strip at the left, too.
int blueness(const AVFrame& frame, int x, int y) {
  return frame.data[1][(y / 2) * frame.linesize[1] + x / 2];
}

TEST_F(Webcam, DamagedJpegsAreLeftOut) {
  record();
  camera_.set(FakeCamera::State::Damaged);
  const auto before = clock_.now();
  while (clock_.now() - before < milliseconds(500)) std::this_thread::yield();
  camera_.set(FakeCamera::State::Working);
  const auto seen = frames_.stamps().size();
  ASSERT_TRUE(frames_.wait_for_frames(seen + 10));
  source_->stop();
  EXPECT_TRUE(frames_.is_now([](const auto& state) {
    return std::ranges::all_of(state.last_frames, [](const FramePtr& frame) {
      return read_number(*frame) && std::abs(blueness(*frame, 100, 700) - 110) < 20;
    });
  }));
}

TEST_F(Webcam, AJpegOfAnotherShapeKeepsItsShape) {
  record();
  camera_.set(FakeCamera::State::Shrunken);
  // 640x480 in 1280x720: 960x720, with black at the sides.
  ASSERT_TRUE(frames_.wait_for([](const auto& state) {
    const AVFrame& frame = *state.last_frames.back();
    return std::abs(blueness(frame, 40, 360) - 128) < 4 && std::abs(blueness(frame, 1240, 360) - 128) < 4;
  }));
  const FramePtr frame = frames_.newest();
  EXPECT_EQ(frame->width, 1280);
  EXPECT_LT(frame->data[0][360 * frame->linesize[0] + 40], 20);
  EXPECT_NEAR(blueness(*frame, 200, 360), 110, 20);
}

TEST_F(Webcam, StampsAreTheKernels) {
  record();
  const auto opened = clock_.now();
  ASSERT_TRUE(frames_.wait_for_frames(60));
  source_->stop();

  const auto stamps = frames_.stamps();

  for (std::size_t i = 1; i < stamps.size(); ++i) EXPECT_GT(stamps[i], stamps[i - 1]);
  EXPECT_LE(stamps.back(), clock_.now());
  EXPECT_GT(stamps.back(), opened);
}

TEST_F(Webcam, GivesTheModeThatTheSpecNames) {
  record("@1920x1080:30");

  EXPECT_EQ(source_->info().width, 1920);
  EXPECT_EQ(source_->info().frames_per_second, 30);
  EXPECT_EQ(frames_.newest()->width, 1920);
  EXPECT_TRUE(read_number(*frames_.newest()));
}

TEST_F(Webcam, GivesRawPicturesInTheModeThatOnlyTheyHave) {
  record("@1280x720:10");

  EXPECT_EQ(source_->info().frames_per_second, 10);
  EXPECT_EQ(frames_.newest()->color_range, AVCOL_RANGE_MPEG);
}

TEST_F(Webcam, ModeThatIsNotOfferedIsRefusedInWords) {
  const auto source = open_camera(std::string(FakeCamera::kSpec) + "@800x600", 30, clock_);

  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::InvalidArgument);
  EXPECT_NE(source.error().message.find("640x480, 1280x720, 1920x1080"), std::string::npos)
      << source.error().message;
}

TEST_F(Webcam, CameraThatGivesAnotherSizeThanItPromisedIsRefused) {
  camera_.set(FakeCamera::State::Stubborn);

  const auto source = open_camera(std::string(FakeCamera::kSpec) + "@1280x720", 30, clock_);

  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::Unavailable);
  EXPECT_NE(source.error().message.find("it gives 640x480 instead of 1280x720"), std::string::npos)
      << source.error().message;
}

TEST_F(Webcam, WhateverTheDefaultGivesIsTaken) {
  camera_.set(FakeCamera::State::Stubborn);
  record();

  EXPECT_EQ(source_->info().width, 640);
  EXPECT_EQ(frames_.newest()->width, 640);
}

TEST_F(Webcam, StampsShowTheRateThatADarkRoomLeaves) {
  camera_.set(FakeCamera::State::Dark);
  record();
  ASSERT_TRUE(frames_.wait_for_frames(25));
  source_->stop();

  const auto stamps = frames_.stamps();
  const auto mean = (stamps.back() - stamps.front()) / (stamps.size() - 1);
  EXPECT_EQ(source_->info().frames_per_second, 30);
  EXPECT_GT(mean, milliseconds(60));
}

TEST_F(Webcam, UnpluggedInTheMiddleEndsTheSource) {
  record();

  camera_.set(FakeCamera::State::Unplugged);

  ASSERT_TRUE(frames_.wait_for_end());
  EXPECT_EQ(frames_.end()->code, ErrorCode::Unavailable);
  EXPECT_NE(frames_.end()->message.find("unplugged"), std::string::npos) << frames_.end()->message;
}

TEST_F(Webcam, CameraThatStallsIsNoticedByTheWatchdog) {
  record();

  camera_.set(FakeCamera::State::Stalled);

  ASSERT_TRUE(frames_.wait_for_end());
  EXPECT_EQ(frames_.end()->code, ErrorCode::Unavailable);
  EXPECT_NE(frames_.end()->message.find("the camera stopped sending pictures"), std::string::npos);
}

TEST_F(Webcam, StopReturnsWhileTheCameraStalls) {
  record();
  camera_.set(FakeCamera::State::Stalled);

  source_->stop();

  EXPECT_FALSE(frames_.end());
}

TEST_F(Webcam, BusyCameraIsUnavailable) {
  camera_.set(FakeCamera::State::Busy);

  const auto source = open_camera(FakeCamera::kSpec, 30, clock_);

  ASSERT_FALSE(source);
  EXPECT_EQ(source.error().code, ErrorCode::Unavailable);
  EXPECT_NE(source.error().message.find("another program"), std::string::npos) << source.error().message;
}

TEST_F(Webcam, UnpluggedCameraIsNotFound) {
  camera_.set(FakeCamera::State::Unplugged);

  const auto named = open_camera(FakeCamera::kSpec, 30, clock_);

  ASSERT_FALSE(named);
  EXPECT_EQ(named.error().code, ErrorCode::NotFound);
}

TEST_F(Webcam, IsListedWithItsModes) {
  const auto devices = list_devices();

  const auto camera = std::find_if(devices.begin(), devices.end(),
                                   [](const Device& device) { return device.spec == FakeCamera::kSpec; });
  ASSERT_NE(camera, devices.end());
  EXPECT_EQ(camera->kind, DeviceKind::Camera);
  EXPECT_EQ(camera->name, FakeCamera::kName);
  EXPECT_NE(camera->details.find("mjpeg 640x480:30, 1280x720:30"), std::string::npos) << camera->details;
  EXPECT_EQ(camera->modes.size(), 6U);
}

TEST(OpenCamera, FileThatIsNoCameraIsNotFound) {
  const SteadyClock clock;
  for (const char* spec : {"v4l2:/dev/null", "v4l2:/etc/passwd", "v4l2:/dev/video61"}) {
    const auto source = open_camera(spec, 30, clock);
    ASSERT_FALSE(source) << spec;
    EXPECT_EQ(source.error().code, ErrorCode::NotFound) << spec;
  }
}

}  // namespace
}  // namespace meanwhile
