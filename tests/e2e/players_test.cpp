// Other players play a published clip whose camera came late: the screen, in step with the voice.
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "media/base/child_process.h"
#include "media/base/media_time.h"
#include "tests/e2e/person.h"
#include "tests/support/environment.h"
#include "tests/support/fake_camera.h"
#include "tests/support/track_inspection.h"

namespace meanwhile::e2e {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Words = std::vector<std::string>;

constexpr const char* kFlashes =
    "lavfi:color=black:s=320x180:r=30,drawbox=color=white:t=fill:enable='lt(mod(t,1),0.0999)'";
constexpr const char* kBeeps = "lavfi:aevalsrc='if(lt(mod(t,1),0.1),0.8*sin(2*PI*1000*t),0)':s=48000";

bool runs(const Words& command) {
  return run_program(command, {}).value_or(1) == 0;
}

// From the first full second on: what is at the very beginning is soft.
std::vector<MediaTime> flashes_of(const fs::path& track) {
  std::vector<MediaTime> times;
  bool was_white = true;
  for (const PictureFacts& picture : pictures_of(track).value()) {
    const bool is_white = picture.luma > 128;
    if (is_white && !was_white) times.push_back(picture.at);
    was_white = is_white;
  }
  return times;
}

std::vector<MediaTime> beeps_of(const fs::path& track) {
  const SoundFacts sound = sound_of(track).value();
  std::vector<MediaTime> times;
  std::size_t loud = 0;
  for (std::size_t i = 0; i < sound.samples.size(); ++i) {
    if (std::abs(sound.samples[i]) < 0.15F) continue;
    if (i > 12'000 && i - loud > 12'000)
      times.emplace_back((sound.first_sample + static_cast<std::int64_t>(i)) * 1'000'000 / 48'000);
    loud = i;
  }
  return times;
}

// How long after the nearest flash each beep comes.
std::vector<MediaTime> lags_of(const fs::path& take) {
  std::vector<MediaTime> lags;
  const auto flashes = flashes_of(take / "screen.mp4");
  for (const MediaTime beep : beeps_of(take / "voice.mp4")) {
    for (const MediaTime flash : flashes)
      if (std::chrono::abs(beep - flash) <= 450ms) lags.push_back(beep - flash);
  }
  return lags;
}

class Players : public testing::Test {
 protected:
  Players() { fs::create_directory(library_); }
  void SetUp() override {
    if (!runs({"ffmpeg", "-version"})) GTEST_SKIP() << "there is no ffmpeg command";
    camera_.set(FakeCamera::State::Stalled);
    auto recording = ann_.start({"record", "--screen", kFlashes, "--camera", FakeCamera::kSpec, "--mic",
                                 kBeeps, "--for", "6s", "--title", "Late", "--publish"});
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (!fs::exists(ann_.takes()) && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(50ms);
    std::this_thread::sleep_for(1500ms);
    camera_.set(FakeCamera::State::Working);
    const Answer done = recording.wait();
    ASSERT_EQ(done.status, 0) << done.err;
    for (const auto& month : fs::directory_iterator(library_ / "clips"))
      for (const auto& clip : fs::directory_iterator(month)) clip_ = clip.path();
    ASSERT_TRUE(fs::exists(clip_ / "clip.m3u8"));
  }

  // What a player made of clip.m3u8, in any format, is looked at as a draft of ours.
  void expect_in_step() {
    const Answer imported = ben_.run({"import", played().string()});
    ASSERT_EQ(imported.status, 0) << imported.err;
    const auto lags = lags_of(only_take(ben_));
    const auto meant = lags_of(only_take(ann_));
    ASSERT_GE(lags.size(), 3U);
    ASSERT_GE(meant.size(), 3U);
    EXPECT_LE(std::chrono::abs(lags[1] - meant[1]), 15ms);
    EXPECT_LE(std::chrono::abs(lags.back() - meant.back()), 15ms);
  }
  std::string playlist() const { return (clip_ / "clip.m3u8").string(); }
  fs::path played() const { return folder_.path() / "played.mkv"; }

  ScopedFolder folder_;
  FakeCamera camera_;
  const fs::path library_ = folder_.path() / "library";
  Person ann_{folder_.path() / "ann", library_, camera_.environment()};
  Person ben_{folder_.path() / "ben", library_};
  fs::path clip_;
};

TEST_F(Players, AllTracksBeginTogetherAndAreAsLong) {
  for (const char* track : {"screen", "camera"}) {
    const auto packets = packets_of(only_take(ann_) / (std::string(track) + ".mp4")).value();
    EXPECT_EQ(packets.front().at, 0us) << track;
    EXPECT_GT(packets.back().at, 5s) << track;
  }
  EXPECT_EQ(sound_of(only_take(ann_) / "voice.mp4").value().first_sample, 0);
}

TEST_F(Players, FfmpegPlaysTheScreenInStep) {
  ASSERT_TRUE(runs({"ffmpeg", "-v", "error", "-i", playlist(), "-c", "copy", played().string()}));
  expect_in_step();
}

TEST_F(Players, MpvPlaysTheScreenInStep) {
  if (!runs({"mpv", "--version"})) GTEST_SKIP() << "mpv isn't installed";
  ASSERT_TRUE(
      runs({"mpv", "--no-config", playlist(), "--o=" + played().string(), "--ovc=ffv1", "--oac=pcm_s16le"}));
  expect_in_step();
}

TEST_F(Players, GStreamerPlaysTheScreenInStep) {
  if (!runs({"gst-inspect-1.0", "hlsdemux"}) || !runs({"gst-inspect-1.0", "avenc_ffv1"}))
    GTEST_SKIP() << "GStreamer isn't installed with its players of HLS";
  const Words room{"max-size-time=0", "max-size-buffers=0", "max-size-bytes=0"};
  Words command{"gst-launch-1.0",
                "-q",
                "matroskamux",
                "name=m",
                "!",
                "filesink",
                "location=" + played().string(),
                "uridecodebin",
                "uri=file://" + playlist(),
                "name=d"};
  for (const Words& chain :
       {Words{"videoconvert", "!", "avenc_ffv1"}, Words{"audioconvert", "!", "audio/x-raw,format=S16LE"}}) {
    command.insert(command.end(), {"d.", "!", "queue"});
    command.insert(command.end(), room.begin(), room.end());
    command.push_back("!");
    command.insert(command.end(), chain.begin(), chain.end());
    command.insert(command.end(), {"!", "m."});
  }
  ASSERT_TRUE(runs(command));
  expect_in_step();
}

}  // namespace
}  // namespace meanwhile::e2e
