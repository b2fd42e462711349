// How loud a track is, measured while it is recorded.
#pragma once

#include <ebur128.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "media/base/loudness.h"
#include "media/base/media_time.h"

namespace meanwhile {

// The energy of each 400 ms, a tenth of a second apart, as BS.1770 gates it; and the true peak. So what was
// taken back is left out, and tracks are added up. One thread at a time.
class LoudnessMeter {
 public:
  static constexpr MediaTime kStep = std::chrono::milliseconds(100);

  // channels: one or two, FLTP at 48 kHz, as many samples each; first: the first one's place since the take
  // began. Places rise; what is left out between is silence.
  void add(std::span<const float* const> channels, std::size_t samples, std::int64_t first);
  // Forgets what is at or after `end`.
  void cut(MediaTime end);

  [[nodiscard]] const std::vector<double>& energies() const { return energies_; }
  [[nodiscard]] double peak() const { return peak_; }  // linear

 private:
  struct Free {
    void operator()(ebur128_state* state) const { ebur128_destroy(&state); }
  };
  bool prepare(unsigned channels);
  void feed(const float* samples, std::size_t count);

  std::unique_ptr<ebur128_state, Free> state_;
  std::vector<float> interleaved_;
  std::int64_t in_step_ = 0;  // samples since the last whole step
  int whole_steps_ = 0;       // that state_ has heard, up to a window's
  std::vector<double> energies_;
  double peak_ = 0;
};

// Of both tracks heard together; either may be nullptr. nullopt: there is nothing to hear.
std::optional<Loudness> loudness_of(const LoudnessMeter* voice, const LoudnessMeter* system);

}  // namespace meanwhile
