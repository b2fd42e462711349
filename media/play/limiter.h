// Makes sound louder without a peak above what loudspeakers and codecs take.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <utility>
#include <vector>

namespace meanwhile {

// Turned down ahead of a peak, over 5 ms, and up again slowly, so that nothing is cut off: what comes out is
// kDelay frames late. Thread: one at a time.
class Limiter {
 public:
  static constexpr std::size_t kDelay = 240;  // frames of stereo at 48 kHz

  explicit Limiter(double gain_db);
  // Forgets what it holds.
  void reset();
  // Interleaved stereo, in place: kDelay frames of what was given before, then the rest.
  void process(std::span<float> samples);

 private:
  float needed(std::size_t frame, std::span<const float> samples) const;
  float turned(float needed);

  const float gain_;
  std::vector<float> held_;                            // the last kDelay frames, not yet out
  std::size_t next_ = 0;                               // the oldest of them
  std::deque<std::pair<std::int64_t, float>> lowest_;  // rising, of the last kDelay + 1 frames
  std::vector<float> recent_;                          // the last kDelay factors, whose mean is used
  double sum_ = 0;
  float factor_ = 1;
  std::int64_t count_ = 0;
};

}  // namespace meanwhile
