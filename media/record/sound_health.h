// Whether a microphone is heard as it should be.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>

#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/capture/sinks.h"
#include "media/record/track_report.h"
#include "media/record/voice_mixer.h"

namespace meanwhile {

// What a block of samples is like, by the loudest and the worst of its channels.
struct BlockFacts {
  float peak = 0;   // 0 to 1
  float swing = 0;  // half of the way between its lowest and its highest sample: a stuck one has none
  std::int64_t samples = 0;  // of one channel
  std::int64_t clipped = 0;  // in flat runs at full level
};
// Of those channels alone: what another one hums must not hide that the voice is gone.
BlockFacts measure(const AVFrame& samples, const Inputs& channels);

// One thread at a time.
class SoundHealth {
 public:
  // Quieter than any room that a microphone listens to: -66 dB.
  static constexpr float kSilence = 0.0005F;
  // Long enough not to be the gap between two words through a noise gate.
  static constexpr MediaTime kSilent = std::chrono::seconds(4);
  static constexpr MediaTime kStalled = std::chrono::seconds(3);
  // A device may take longer to come up.
  static constexpr MediaTime kFirst = std::chrono::seconds(4);
  // A millisecond at full level within two seconds is heard; how long it is said after the last of it.
  static constexpr std::int64_t kClippedSamples = 48;
  static constexpr MediaTime kClippedWindow = std::chrono::seconds(2);

  // Somebody listens from now on, if nobody did.
  void wait(MonotonicTime now);
  // recorded: the part of the block that belongs to the take.
  void add(const BlockFacts& block, MonotonicTime at, MediaTime recorded);
  void set_state(SourceState state) { state_ = state; }
  // The source was lost and is there again.
  void reopen();
  // A new take: its figures begin anew.
  void begin_take();

  // Good, MutedAtSource, Paused, Stalled, Silent or Clipped: the gravest first.
  TrackHealth health(MonotonicTime now) const;
  // Since when it has been so; now, where that isn't known.
  MonotonicTime since(TrackHealth health, MonotonicTime now) const;
  MediaTime longest_silence() const { return longest_silence_; }
  double clipped_share() const;

 private:
  struct Clipping {
    MonotonicTime at;
    std::int64_t samples = 0;
  };

  SourceState state_ = SourceState::Delivering;
  std::optional<MonotonicTime> waited_since_;
  std::optional<MonotonicTime> newest_;
  std::optional<MonotonicTime> silent_since_;
  std::deque<Clipping> clipping_;  // of the last kClippedWindow
  // Of the take.
  MediaTime silence_{};
  MediaTime longest_silence_{};
  std::int64_t samples_ = 0;
  std::int64_t clipped_ = 0;
};

}  // namespace meanwhile
