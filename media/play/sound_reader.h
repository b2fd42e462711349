// The sound of one track from any moment on, as stereo at 48 kHz without gaps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {

constexpr int kSoundRate = 48'000;
constexpr int kSoundChannels = 2;

constexpr MediaTime sound_duration(std::int64_t frames) {
  return MediaTime(frames * 1'000'000 / kSoundRate);
}
constexpr std::int64_t sound_frames(MediaTime time) {
  return time.count() * kSoundRate / 1'000'000;
}

// A frame of sound is a sample for each ear. Thread: one at a time.
class SoundReader {
 public:
  SoundReader() = default;
  SoundReader(const SoundReader&) = delete;
  SoundReader& operator=(const SoundReader&) = delete;
  virtual ~SoundReader() = default;

  // The next sample read is the one at time. Errors: the source's.
  virtual Result<void> seek(MediaTime time) = 0;
  // Fills interleaved stereo, silence where the track has a gap; answers the number of frames, fewer only at
  // the end. Errors: Aborted (Interrupts, the source), and the source's. Damage is passed over (silence).
  virtual Result<std::size_t> read(std::span<float> into) = 0;
  // The track's. Errors: the source's.
  virtual Result<MediaTime> end() = 0;

  [[nodiscard]] virtual bool is_damaged() const = 0;
};

}  // namespace meanwhile
