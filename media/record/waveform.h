// The outline of a clip's sound, for the timeline.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "media/base/media_time.h"

namespace meanwhile {

// The loudest sample of each twentieth of a second, 0 to 100.
class Waveform {
 public:
  static constexpr int kPeaksPerSecond = 20;

  // samples: one channel at 48 kHz; first: its first sample's place since the take began (below 0: passed
  // over).
  void add(std::span<const float> samples, std::int64_t first);

  // Forgets what is at or after `end`; a peak that lies across it stays.
  void cut(MediaTime end);

  float loudest() const { return loudest_; }
  bool is_empty() const { return peaks_.empty(); }
  // {"format":1,"peaks_per_second":20,"peaks":[0,...]}
  std::string to_json() const;

 private:
  std::vector<std::uint8_t> peaks_;
  float loudest_ = 0;
};

}  // namespace meanwhile
