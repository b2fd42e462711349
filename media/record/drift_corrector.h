// Makes one gapless stream of what a sound card delivers, in step with the monotonic clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
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

  // start: where the output begins, in samples since the take began; silence up to the first block. nullopt:
  // with the first block. Errors: Internal.
  static Result<DriftCorrector> create(int channels, std::optional<std::int64_t> start = {});

  // samples: FLTP, 48 kHz, create()'s channels, the first of them in the air at `at`. Appends to out.
  // Errors: InvalidArgument (another format), Internal.
  Result<void> push(const AVFrame& samples, MediaTime at, PlanarSamples& out);
  // What the resampler still holds.
  Result<void> finish(PlanarSamples& out);

  // In samples since the take began; 0 before the first block.
  std::int64_t start() const { return start_.value_or(0); }
  // Samples that correcting added (below 0: left out), by resampling alone; right to about a millisecond.
  std::int64_t stretched() const { return given_ - taken_; }
  // The longest stretch that was missing and became silence, in samples; not that before the first block.
  std::int64_t longest_gap() const { return longest_gap_; }

 private:
  DriftCorrector(int channels, std::optional<std::int64_t> start) : channels_(channels), start_(start) {}
  Result<void> begin(MediaTime at, PlanarSamples& out);
  double lag_at(MediaTime at) const;
  Result<void> add_silence(std::int64_t samples, PlanarSamples& out);
  Result<void> convert(const std::uint8_t* const* planes, std::int64_t samples, PlanarSamples& out);
  Result<void> steer(double lag, std::int64_t samples);

  int channels_;
  ResamplerPtr resampler_;
  bool has_started_ = false;
  std::optional<std::int64_t> start_;
  std::int64_t given_ = 0;  // samples that came out
  std::int64_t taken_ = 0;  // and that went in, silence too
  std::int64_t longest_gap_ = 0;
  double smoothed_lag_ = 0;  // in samples; above 0: the card's clock is slow
};

}  // namespace meanwhile
