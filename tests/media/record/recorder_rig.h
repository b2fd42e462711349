// What the tests of the Recorder stand on.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <thread>

#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/record/recorder.h"
#include "media/record/take_summary.h"
#include "tests/support/scripted_sources.h"
#include "tests/support/track_inspection.h"

namespace meanwhile {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kWidth = 320;
constexpr int kHeight = 180;
constexpr int kFlash = 235;
constexpr int kDark = 40;

inline std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// A recorder whose screen, camera and microphone are played by the test, faster than real time.
class RecorderTest : public ::testing::Test {
 protected:
  RecorderTest() : parts_(parts_without_devices()) {
    parts_.video_queue_capacity = 10'000;
    parts_.open_screen = always(screen_);
    parts_.open_camera = always(camera_);
    parts_.open_microphone = always(voice_);
  }

  void open() {
    auto recorder = create_recorder(settings_, clock_, [this] { ++changes_; }, parts_);
    ASSERT_TRUE(recorder) << recorder.error().message;
    recorder_ = std::move(*recorder);
  }
  void start() { start_in(takes_); }
  void start_in(const std::filesystem::path& takes) {
    open();
    const auto started = recorder_->start(takes, {"A title", "a-channel"});
    ASSERT_TRUE(started) << started.error().message;
  }
  TakeSummary finish() {
    auto summary = recorder_->finish();
    EXPECT_TRUE(summary);
    return summary ? *summary : TakeSummary{};
  }
  // Waits in real time for something that the recorder does by itself.
  template <typename Condition>
  bool changes_until(Condition condition) {
    const auto deadline = std::chrono::steady_clock::now() + seconds(20);
    while (!condition() && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    return condition();
  }
  // Lets `length` pass: 20 pictures a second and sound without gaps, the flash and the click at `event`.
  void play(MediaTime length, std::optional<MonotonicTime> event = {}) {
    const MonotonicTime end = clock_.now() + length;
    const auto is_on = [&](MonotonicTime at) {
      return event && at >= *event && at < *event + milliseconds(100);
    };
    while (clock_.now() < end) {
      const MonotonicTime at = clock_.now();
      ++step_;
      screen_.frame(grey_frame(kWidth, kHeight, is_on(at) ? kFlash : kDark, step_), at);
      camera_.frame(grey_frame(kWidth, kHeight, is_on(at) ? kFlash : kDark, step_), at);
      for (int block = 0; block < 5; ++block) play_sound(at + block * milliseconds(10), event);
      clock_.advance(milliseconds(50));
    }
  }
  // As play(), while the person speaks; else there is only the room.
  void speak(MediaTime length, std::optional<MonotonicTime> event = {}) {
    loudness_ = 0.2F;
    play(length, event);
    loudness_ = 0;
  }
  void play_sound(MonotonicTime at, std::optional<MonotonicTime> event) {
    const auto since_event = [&](std::int64_t n) {
      return event ? (at - *event).count() * 48 / 1000 + n : std::int64_t{-1};
    };
    voice_.samples(sound_block(1, 480, 0,
                               [&](std::int64_t n) {
                                 const std::int64_t place = since_event(n);
                                 if (place >= 0 && place < 96) return 0.9F;
                                 const auto tone =
                                     static_cast<float>(std::sin(0.02 * static_cast<double>(n)));
                                 return loudness_ > 0 ? loudness_ * tone : 0.001F * static_cast<float>(n % 7);
                               }),
                   at);
  }

  ScratchFolder folder_;
  const std::filesystem::path takes_ = folder_.path() / "takes";
  ScriptedClock clock_;
  ScriptedFrames screen_{{"Screen", kWidth, kHeight, 20}};
  ScriptedFrames camera_{{"Camera", kWidth, kHeight, 20}};
  ScriptedSamples voice_{{"Microphone", 1}};
  RecordSettings settings_;
  RecorderParts parts_;
  std::atomic<int> changes_ = 0;
  int step_ = 0;
  float loudness_ = 0;
  std::unique_ptr<Recorder> recorder_;
};

inline MediaTime time_of_flash(const std::filesystem::path& track, MediaTime after = {}) {
  const auto pictures = pictures_of(track).value();
  for (const PictureFacts& picture : pictures) {
    if (picture.at >= after && picture.luma > 150) return picture.at;
  }
  return MediaTime(-1);
}

inline MediaTime time_of_click(const std::filesystem::path& track) {
  const SoundFacts sound = sound_of(track).value();
  for (std::size_t i = 0; i < sound.samples.size(); ++i) {
    if (std::abs(sound.samples[i]) > 0.4F)
      return MediaTime((sound.first_sample + static_cast<std::int64_t>(i)) * 1'000'000 / 48'000);
  }
  return MediaTime(-1);
}

}  // namespace meanwhile
