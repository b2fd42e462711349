// How loud a voice is from moment to moment, and where it pauses.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "media/base/media_time.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// The level (root of the mean square, 0 to 1) of each stretch of kStretch, from the take's first instant.
class SpeechLevels {
 public:
  static constexpr MediaTime kStretch = std::chrono::milliseconds(20);

  // samples: one channel at 48 kHz; first: its first sample's place since the take began, at or after the end
  // of the samples before (below 0: passed over).
  void add(std::span<const float> samples, std::int64_t first);
  // Forgets what is at or after `end`.
  void cut(MediaTime end);

  // Whole stretches only.
  std::span<const float> levels() const { return levels_; }

 private:
  std::vector<float> levels_;
  double sum_ = 0;  // of the squares in the stretch that isn't full yet
};

// The place, in stretches of SpeechLevels, at which to take up speech again: in the last pause between two
// stretches of speech, soon after the first of them ended. The quiet at the end, in which the person thinks
// better of it, is no such pause; a click of a key or a mouse is no speech. 0: there is no pause before the
// last words. nullopt: nothing that sounds like speech in the last 30 s, or no pause for so long.
// inputs: the levels of each input of a microphone; whoever speaks into any of them speaks, and what hums or
// hisses in another one is no speech.
std::optional<std::size_t> last_pause(std::span<const SpeechLevels> inputs);

// The levels of each input of a microphone. One thread at a time.
class InputLevels {
 public:
  // samples: FLTP, 48 kHz; of them, `count` from `first` on, which begin at `at` in the take.
  void add(const AVFrame& samples, std::int64_t first, std::int64_t count, MediaTime at);
  void cut(MediaTime end);
  std::optional<std::size_t> last_pause() const { return meanwhile::last_pause(inputs_); }

 private:
  std::vector<SpeechLevels> inputs_;
  std::int64_t next_ = 0;  // the place of the sample that is due
};

}  // namespace meanwhile
