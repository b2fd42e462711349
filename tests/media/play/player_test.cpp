// Playing: in step with the sound, to the end, and over damage.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <random>

#include "media/base/byte_stream.h"
#include "media/base/track_index.h"
#include "media/play/open_readers.h"
#include "media/play/pointer_track.h"
#include "tests/media/play/player_clips.h"

namespace meanwhile::test {
namespace {

using namespace std::chrono_literals;

// Plays `seconds` of device time in 10 ms pulls; checks the picture against what is heard at each.
void expect_in_step(PlayRig& rig, FakeSpeaker& speaker, const VideoSpec& screen, double speed,
                    MediaTime latency) {
  const MediaTime start = rig.player().status().position;
  for (int i = 0; i < 200; ++i) {
    std::vector<float> samples;
    ASSERT_TRUE(rig.pump_until([&] {
      samples = speaker.pull(480);
      return measure_level(samples) > 0;  // nothing at all: it isn't decoded yet
    }));
    const auto heard = start + MediaTime(std::llround(i * 10'000 * speed)) -
                       MediaTime(std::llround(latency.count() * speed));
    const MediaTime position = rig.player().status().position;
    ASSERT_NEAR(to_seconds(position), to_seconds(std::max(start, heard)), 0.001);
    ASSERT_TRUE(rig.pump_until([&] { return rig.shown() == frame_at(screen, position); }))
        << position.count();
    rig.clock().advance(10ms);
  }
}

TEST(Player, PicturesKeepStepWithTheSound) {
  const VideoSpec screen = variable_rate(200, 9);
  FakeSpeaker speaker;
  PlayRig rig(clip_with_sound(screen), &speaker);
  rig.player().play();
  ASSERT_TRUE(rig.pump_until([&] { return !speaker.is_paused(); }));
  expect_in_step(rig, speaker, screen, 1, 0ms);
}

TEST(Player, LatencyOfTheDeviceIsTakenOff) {
  const VideoSpec screen = constant_rate(150, 30);
  FakeSpeaker speaker(80ms);
  PlayRig rig(clip_with_sound(screen), &speaker);
  rig.player().play();
  ASSERT_TRUE(rig.pump_until([&] { return !speaker.is_paused(); }));
  expect_in_step(rig, speaker, screen, 1, 80ms);
}

class PlayerSpeed : public testing::TestWithParam<double> {};

TEST_P(PlayerSpeed, KeepsStepAndPitch) {
  const VideoSpec screen = constant_rate(360, 30);
  FakeSpeaker speaker;
  PlayRig rig(clip_with_sound(screen), &speaker);
  rig.player().set_speed(GetParam());
  rig.player().play();
  ASSERT_TRUE(rig.pump_until([&] { return !speaker.is_paused(); }));
  std::vector<float> heard;
  const auto pull_second = [&] {
    for (int i = 0; i < 100; ++i) {
      ASSERT_TRUE(rig.pump_until([&] {
        auto samples = speaker.pull(480);
        if (measure_level(samples) == 0) return false;
        heard.insert(heard.end(), samples.begin(), samples.end());
        return true;
      }));
      rig.clock().advance(10ms);
    }
  };
  pull_second();
  EXPECT_NEAR(to_seconds(rig.player().status().position), GetParam(), 0.03 * GetParam());
  EXPECT_NEAR(measure_frequency(heard), kTone, kTone * 0.01);
}

INSTANTIATE_TEST_SUITE_P(All, PlayerSpeed, testing::Values(0.5, 0.75, 1, 1.5, 2, 3));

TEST(Player, SpeedIsClamped) {
  PlayRig rig(clip_of(constant_rate(30, 30)), nullptr);
  rig.player().set_speed(100);
  EXPECT_EQ(rig.player().status().speed, kFastestSpeed);
  rig.player().set_speed(0);
  EXPECT_EQ(rig.player().status().speed, kSlowestSpeed);
}

TEST(Player, VolumeScalesTheSound) {
  FakeSpeaker speaker;
  PlayRig rig(clip_with_sound(constant_rate(90, 30)), &speaker);
  rig.player().set_volume(0.25);
  rig.player().play();
  ASSERT_TRUE(rig.pump_until([&] { return !speaker.is_paused(); }));
  std::vector<float> samples;
  for (int i = 0; i < 3; ++i) {  // the very first samples of AAC are faint
    ASSERT_TRUE(rig.pump_until([&] {
      samples = speaker.pull(4800);
      return measure_level(samples) > 0;
    }));
  }
  EXPECT_NEAR(measure_level(samples), 0.25 * 0.5 / std::sqrt(2), 0.02);
}

TEST(Player, PauseStopsPositionAndDevice) {
  FakeSpeaker speaker;
  PlayRig rig(clip_with_sound(constant_rate(90, 30)), &speaker);
  rig.player().play();
  ASSERT_TRUE(rig.pump_until([&] { return !speaker.pull(4800).empty() && rig.player().next_change(); }));
  rig.clock().advance(50ms);
  rig.player().pause();
  const MediaTime position = rig.player().status().position;
  rig.clock().advance(1s);
  EXPECT_EQ(rig.player().status().position, position);
  EXPECT_EQ(rig.player().next_change(), std::nullopt);
  EXPECT_TRUE(rig.pump_until([&] { return speaker.is_paused(); }));
}

TEST(Player, PlaysByTheClockWithoutASoundTrack) {
  const VideoSpec screen = constant_rate(90, 30);
  PlayRig rig(clip_of(screen), nullptr);
  rig.player().play();
  ASSERT_TRUE(rig.pump_until([&] { return rig.player().next_change().has_value(); }));
  rig.clock().advance(1s);
  EXPECT_EQ(rig.player().status().position, 1s);
  EXPECT_TRUE(rig.pump_until([&] { return rig.shown() == 30; }));
  EXPECT_TRUE(rig.pump_until([&] { return *rig.player().next_change() - rig.clock().now() <= 34ms; }));
}

TEST(Player, PlaysByTheClockWithoutADevice) {
  FakeSpeaker speaker;
  speaker.refuses = true;
  PlayRig rig(clip_with_sound(constant_rate(90, 30)), &speaker);
  rig.player().play();
  ASSERT_TRUE(rig.pump_until([&] { return rig.player().next_change().has_value(); }));
  rig.clock().advance(500ms);
  EXPECT_EQ(rig.player().status().position, 500ms);
  EXPECT_EQ(rig.player().status().warnings.size(), 1u);
}

TEST(Player, SoundComesBackInStepWhenItsDeviceDoes) {
  const VideoSpec screen = constant_rate(600, 30);
  FakeSpeaker speaker;
  PlayRig rig(clip_with_sound(screen), &speaker);
  const auto play_on = [&](auto condition) {
    return rig.pump_until([&] {
      speaker.pull(480);
      rig.clock().advance(10ms);
      return condition();
    });
  };
  rig.player().play();
  ASSERT_TRUE(play_on([&] { return rig.player().status().position >= 1s; }));
  speaker.refuses = true;
  speaker.lose();
  ASSERT_TRUE(play_on([&] { return !rig.player().status().warnings.empty(); }));
  EXPECT_EQ(rig.player().status().warnings.front(),
            "The sound stopped because the loudspeaker went away. It goes on when there is one again.");
  const MediaTime then = rig.player().status().position;
  ASSERT_TRUE(rig.pump_until([&] { return !speaker.is_open(); }));
  rig.clock().advance(500ms);
  EXPECT_EQ(rig.player().status().position, then + 500ms);  // the pictures go on

  speaker.refuses = false;
  ASSERT_TRUE(rig.pump_until([&] { return rig.player().status().warnings.empty(); }));
  ASSERT_TRUE(rig.pump_until([&] { return !speaker.is_paused(); }));
  ASSERT_TRUE(rig.pump_until([&] { return measure_level(speaker.pull(480)) > 0.1; }));
  rig.clock().advance(10ms);
  expect_in_step(rig, speaker, screen, 1, {});
}

TEST(Player, PausedAndSoughtWithoutItsDevicePlaysFromThereWhenItIsBack) {
  FakeSpeaker speaker;
  PlayRig rig(clip_with_sound(constant_rate(600, 30)), &speaker);
  rig.player().play();
  ASSERT_TRUE(rig.pump_until([&] { return !speaker.pull(480).empty(); }));
  speaker.refuses = true;
  speaker.lose();
  ASSERT_TRUE(rig.pump_until([&] {
    speaker.pull(480);
    return !speaker.is_open();
  }));
  rig.player().pause();
  rig.player().seek(7s);
  ASSERT_TRUE(rig.settle());
  speaker.refuses = false;
  ASSERT_TRUE(rig.pump_until([&] { return speaker.is_open(); }));
  EXPECT_TRUE(speaker.is_paused());
  rig.player().play();
  ASSERT_TRUE(rig.pump_until([&] { return measure_level(speaker.pull(480)) > 0.1; }));
  EXPECT_GE(rig.player().status().position, 7s);
  EXPECT_LT(rig.player().status().position, 8s);
}

TEST(Player, EndsAtTheEndAndStartsOver) {
  const VideoSpec screen = constant_rate(60, 30);
  PlayRig rig(clip_of(screen), nullptr);
  rig.player().play();
  ASSERT_TRUE(rig.pump_until([&] { return rig.player().next_change().has_value(); }));
  rig.clock().advance(10s);
  EXPECT_TRUE(rig.player().status().is_ended);
  EXPECT_FALSE(rig.player().status().is_playing);
  EXPECT_EQ(rig.player().status().position, screen.end);
  EXPECT_TRUE(rig.pump_until([&] { return rig.shown() == 59; }));
  EXPECT_EQ(rig.player().next_change(), std::nullopt);
  rig.player().play();
  ASSERT_TRUE(rig.pump_until([&] { return rig.player().next_change().has_value(); }));
  EXPECT_EQ(rig.player().status().position, 0s);
  EXPECT_EQ(rig.shown(), 0);
}

TEST(Player, SoundThatEndsEarlyLeavesThePicturesRunning) {
  const VideoSpec screen = constant_rate(90, 30);
  ClipMedia media = clip_of(screen);
  media.voice = memory(make_sound_track({.duration = 1s}));
  FakeSpeaker speaker;
  PlayRig rig(std::move(media), &speaker);
  rig.player().play();
  ASSERT_TRUE(rig.pump_until([&] { return !speaker.is_paused(); }));
  EXPECT_TRUE(rig.pump_until([&] {
    speaker.pull(480);
    rig.clock().advance(10ms);
    return rig.player().status().is_ended;
  }));
}

TEST(Player, GarbageTrackIsAWarningAndTheRestPlays) {
  const VideoSpec screen = constant_rate(60, 30);
  ClipMedia media = clip_of(screen);
  media.camera = memory(Bytes(50'000, std::byte{0x5a}));
  media.voice = memory(Bytes{});
  PlayRig rig(std::move(media), nullptr);
  rig.player().seek(1s);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), 30);
  EXPECT_EQ(rig.shown(PictureTrack::Camera), -2);
  EXPECT_TRUE(rig.pump_until([&] { return rig.player().status().warnings.size() == 2; }));
  EXPECT_FALSE(rig.player().status().failure);
}

TEST(Player, FailsWhereNothingCanBePlayed) {
  PlayRig rig({.screen = memory(Bytes(1000)), .voice = memory(Bytes(1000)), .duration = 5s}, nullptr);
  EXPECT_TRUE(rig.pump_until([&] { return rig.player().status().failure.has_value(); }));
  EXPECT_EQ(rig.player().status().failure->code, ErrorCode::Corrupt);
  PlayRig empty({.duration = 5s}, nullptr);
  EXPECT_TRUE(empty.pump_until([&] { return empty.player().status().failure.has_value(); }));
  EXPECT_EQ(empty.player().status().failure->code, ErrorCode::InvalidArgument);
}

TEST(Player, TruncatedTrackPlaysUpToItsLastFragment) {
  const VideoSpec screen = constant_rate(150, 30);
  Bytes bytes = make_video_track(screen);
  bytes.resize(bytes.size() * 3 / 5);
  PlayRig rig({.screen = memory(bytes), .duration = screen.end}, nullptr);
  rig.player().seek(1s);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), 30);
  rig.player().seek(screen.end);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ((rig.shown() + 1) % 30, 0) << rig.shown();
  EXPECT_FALSE(rig.player().status().failure);
}

TEST(Player, DamagedMediaPlaysOn) {
  const VideoSpec screen = constant_rate(150, 30);
  Bytes bytes = make_video_track(screen);
  std::mt19937 random(3);
  for (std::size_t i = bytes.size() / 3; i < bytes.size() * 2 / 3; i += 97)
    bytes[i] = static_cast<std::byte>(random());
  PlayRig rig({.screen = memory(bytes), .duration = screen.end}, nullptr);
  for (const MediaTime moment : {0s, 1s, 2s, 3s, 4s}) {
    rig.player().seek(moment);
    ASSERT_TRUE(rig.settle());
  }
  rig.player().seek(100ms);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), 3);
}

TEST(Player, UnavailableBytesEndTheTrackWithAWarning) {
  const VideoSpec screen = constant_rate(300, 30);
  Bytes bytes = make_video_track(screen);
  const auto limit = bytes.size() / 2;
  PlayRig rig({.screen = std::make_shared<FaultySource>(std::move(bytes), limit, ErrorCode::Unavailable),
               .duration = screen.end},
              nullptr);
  rig.player().seek(9s);
  ASSERT_TRUE(rig.settle());
  ASSERT_EQ(rig.player().status().warnings.size(), 1u);
  rig.player().seek(1s);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.shown(), 30);
}

TEST(Player, BlockedReadNeverHoldsUpTheEnd) {
  const VideoSpec screen = constant_rate(300, 30);
  const auto blocked = std::make_shared<FaultySource>(make_video_track(screen), 2000, std::nullopt);
  const auto voice = std::make_shared<FaultySource>(make_sound_track({.duration = 10s}), 2000, std::nullopt);
  PlayRig rig({.screen = blocked, .voice = voice, .duration = screen.end}, nullptr);
  ASSERT_TRUE(blocked->wait_until_blocked());
  ASSERT_TRUE(voice->wait_until_blocked());
  EXPECT_TRUE(rig.player().status().is_waiting);
  EXPECT_TRUE(rig.player().status().is_seeking);
}

TEST(Player, PointerMovesWakeTheWindow) {
  ClipMedia media = clip_of(constant_rate(3, 1));
  media.pointer = std::make_shared<PointerTrack>(PointerTrack::load(
      R"({"t":20000,"x":1,"y":2,"shape":0,"down":0})", [](int) -> Result<Bytes> { return Bytes{}; },
      *open_own_stills()));
  PlayRig rig(std::move(media), nullptr);
  rig.player().play();
  ASSERT_TRUE(rig.pump_until([&] { return rig.player().next_change().has_value(); }));
  EXPECT_EQ(*rig.player().next_change() - rig.clock().now(), 20ms);
}

// A track that is still being recorded: reads wait for what isn't there yet.
class GrowingSource final : public ByteSource {
 public:
  GrowingSource(Bytes bytes, std::uint64_t known) : bytes_(std::move(bytes)), known_(known) {}
  void grow_to(std::uint64_t known) {
    const std::lock_guard lock(mutex_);
    known_ = known;
    changed_.notify_all();
  }
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return is_aborted_ || offset < known_ || known_ == bytes_.size(); });
    if (is_aborted_) return fail(ErrorCode::Aborted, "reading");
    const auto count = std::min<std::uint64_t>(into.size(), offset < known_ ? known_ - offset : 0);
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), count, into.begin());
    return count;
  }
  Result<std::uint64_t> size() override { return std::uint64_t{1} << 60; }
  void abort() override {
    const std::lock_guard lock(mutex_);
    is_aborted_ = true;
    changed_.notify_all();
  }

 private:
  const Bytes bytes_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t known_;
  bool is_aborted_ = false;
};

TEST(Player, WaitsWhereARecordingHasGotToAndGoesOn) {
  const VideoSpec screen = constant_rate(600, 30);
  const Bytes bytes = make_video_track(screen);
  const auto whole = memory(bytes);
  const TrackIndex index = index_track(*whole).value();
  const auto part = std::ranges::find_if(index.fragments, [](const Fragment& fragment) {
    return fragment.start >= 8s && fragment.starts_with_keyframe;
  });
  ASSERT_NE(part, index.fragments.end());
  const auto source = std::make_shared<GrowingSource>(bytes, part->offset);
  std::atomic<std::int64_t> end = part->start.count();
  std::atomic<bool> is_final = false;
  PlayRig rig({.screen = source, .live = [&] { return LiveEnd{MediaTime(end), is_final}; }}, nullptr);
  ASSERT_TRUE(rig.settle());
  EXPECT_EQ(rig.player().status().duration, part->start);
  const MediaTime near = part->start - 500ms;
  rig.player().seek(near);
  rig.player().play();
  ASSERT_TRUE(rig.settle());
  rig.clock().advance(2s);
  EXPECT_EQ(rig.player().status().position, part->start);
  EXPECT_TRUE(rig.player().status().is_playing);
  EXPECT_TRUE(rig.player().status().is_waiting);

  end = screen.end.count();
  is_final = true;
  source->grow_to(bytes.size());
  rig.player().play();
  ASSERT_TRUE(rig.pump_until([&] {
    rig.clock().advance(10ms);
    return rig.shown() > frame_at(screen, part->start);
  }));
  rig.clock().advance(60s);
  EXPECT_TRUE(rig.player().status().is_ended);
}

}  // namespace
}  // namespace meanwhile::test
