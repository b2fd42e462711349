// Makes one gapless stream of what a sound card delivers, in step with the monotonic clock.
#pragma once

#include <cstdint>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// One vector of samples a channel.
using PlanarSamples = std::vector<std::vector<float>>;

// Sample n of the output was in the air at start() + n / 48 kHz, however fast the card's crystal runs: the
// blocks' times are compared with the count of samples, and the difference is worked off by resampling by a
// fraction of a percent, which nobody hears. Where more than kLargestSlip is missing, silence goes in; what
// comes twice is left out.
class DriftCorrector {
 public:
  static constexpr MediaTime kLargestSlip = std::chrono::milliseconds(100);

  // Errors: Internal.
  static Result<DriftCorrector> create(int channels);

  // samples: FLTP, 48 kHz, create()'s channels, the first of them in the air at `at`. Appends to out.
  // Errors: InvalidArgument (another format), Internal.
  Result<void> push(const AVFrame& samples, MediaTime at, PlanarSamples& out);
  // What the resampler still holds.
  Result<void> finish(PlanarSamples& out);

  // In samples since the take began; 0 before the first block.
  std::int64_t start() const { return start_; }

 private:
  explicit DriftCorrector(int channels) : channels_(channels) {}
  double lag_at(MediaTime at) const;
  Result<void> add_silence(std::int64_t samples, PlanarSamples& out);
  Result<void> convert(const std::uint8_t* const* planes, std::int64_t samples, PlanarSamples& out);
  Result<void> steer(double lag, std::int64_t samples);

  int channels_;
  ResamplerPtr resampler_;
  bool has_started_ = false;
  std::int64_t start_ = 0;
  std::int64_t given_ = 0;   // samples that came out
  double smoothed_lag_ = 0;  // in samples; above 0: the card's clock is slow
};

}  // namespace meanwhile
