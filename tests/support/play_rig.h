// What a test needs to play: a loudspeaker that it drives itself, a clock that it moves, sources that
// misbehave.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/play/audio_output.h"
#include "media/play/clip_media.h"
#include "media/play/player.h"

namespace meanwhile::test {

class ManualClock final : public Clock {
 public:
  MonotonicTime now() const override { return MonotonicTime(std::chrono::microseconds(now_.load())); }
  void advance(std::chrono::microseconds by) { now_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_ = 1'000'000;
};

// A loudspeaker's other end: outlives the output, which belongs to the player.
class FakeSpeaker {
 public:
  explicit FakeSpeaker(MediaTime latency = {}) : latency_(latency) {}
  std::unique_ptr<AudioOutput> output();

  // Asks for so many frames of sound, as a device's thread would, unless it is paused: then it answers
  // nothing.
  std::vector<float> pull(int frames);
  [[nodiscard]] bool is_paused() const { return is_paused_; }
  [[nodiscard]] bool is_open() const { return is_open_; }
  std::atomic<bool> refuses = false;  // to open
  // As when its server ends: it goes on asking, and plays nothing.
  void lose() { is_lost_ = true; }

 private:
  class Output;
  const MediaTime latency_;
  std::mutex mutex_;
  AudioOutput::Fill fill_;
  std::atomic<bool> is_open_ = false;
  std::atomic<bool> is_lost_ = false;
  std::atomic<bool> is_paused_ = true;
};

// A player that a test waits for.
class PlayRig {
 public:
  PlayRig(ClipMedia media, FakeSpeaker* speaker);
  Player& player() { return *player_; }
  ManualClock& clock() { return clock_; }

  // Waits for changes until condition() is true; false: not within 20 s.
  bool pump_until(const std::function<bool()>& condition);
  // Until the pictures of the last seek are there and the player has nothing left to fetch for it.
  bool settle();
  // Number in the picture on show; -2: there is none.
  int shown(PictureTrack track = PictureTrack::Screen);

 private:
  ManualClock clock_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::unique_ptr<Player> player_;  // last: its threads use what is above
};

std::shared_ptr<ByteSource> memory(Bytes bytes);

// Reads well up to `limit`; what reaches further blocks until abort() (error nullopt), or answers the error.
class FaultySource final : public ByteSource {
 public:
  FaultySource(Bytes bytes, std::uint64_t limit, std::optional<ErrorCode> error)
      : bytes_(std::move(bytes)), limit_(limit), error_(error) {}
  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::byte> into) override;
  Result<std::uint64_t> size() override { return bytes_.size(); }
  void abort() override;
  bool wait_until_blocked();

 private:
  const Bytes bytes_;
  const std::uint64_t limit_;
  const std::optional<ErrorCode> error_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_blocked_ = false;
  bool is_aborted_ = false;
};

}  // namespace meanwhile::test
