#include "media/record/loudness_meter.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "media/base/loudness.h"
#include "media/base/media_time.h"
#include "media/capture/sample_blocks.h"

namespace meanwhile {
namespace {

constexpr std::size_t kStepSamples = kSampleRate / 10;
constexpr int kStepsOfWindow = 4;
// 100 hours, the longest clip: a damaged track's times must not eat the memory.
constexpr std::size_t kMostSteps = 100UL * 3600 * 10;
// Source: ITU-R BS.1770-5, annex 1: -0.691 + 10 log10 of the energy; gates at -70 LUFS and 10 LU below the
// mean.
constexpr double kOffset = 0.691;
constexpr double kAbsoluteGate = -70;
constexpr double kRelativeGate = -10;
constexpr double kSilentPeak = -100;

double energy_of(double lufs) {
  return std::isfinite(lufs) ? std::pow(10, (lufs + kOffset) / 10) : 0;
}
double lufs_of(double energy) {
  return 10 * std::log10(energy) - kOffset;
}

// 0: none is above it.
double mean_above(const std::vector<double>& energies, double gate) {
  double sum = 0;
  std::int64_t count = 0;
  for (const double energy : energies) {
    if (energy <= gate) continue;
    sum += energy;
    ++count;
  }
  return count == 0 ? 0 : sum / static_cast<double>(count);
}

}  // namespace

bool LoudnessMeter::prepare(unsigned channels) {
  if (state_) return state_->channels == channels;
  state_.reset(ebur128_init(channels, kSampleRate, EBUR128_MODE_M | EBUR128_MODE_TRUE_PEAK));
  if (!state_) return false;
  if (channels == 1) ebur128_set_channel(state_.get(), 0, EBUR128_DUAL_MONO);  // both ears hear it
  in_step_ = 0;
  whole_steps_ = 0;
  return true;
}

void LoudnessMeter::add(std::span<const float* const> channels, std::size_t samples, std::int64_t first) {
  const auto count = static_cast<unsigned>(channels.size());
  if (count == 0 || count > 2 || first < 0 || !prepare(count)) return;
  const std::int64_t measured = static_cast<std::int64_t>(energies_.size() * kStepSamples) + in_step_;
  // A hole of hours isn't fed sample by sample.
  if (first - measured > static_cast<std::int64_t>(kStepSamples)) {
    const auto step = std::min(kMostSteps, static_cast<std::size_t>(first) / kStepSamples);
    energies_.resize(std::max(step, energies_.size()), 0);
    in_step_ = 0;
  }
  interleaved_.resize(samples * count);
  for (std::size_t i = 0; i < samples; ++i)
    for (unsigned c = 0; c < count; ++c) {
      const float sample = channels[c][i];
      interleaved_[i * count + c] = std::isfinite(sample) ? std::clamp(sample, -4.F, 4.F) : 0.F;
    }
  std::size_t done = 0;
  while (done < samples) {
    const std::size_t piece = std::min(samples - done, kStepSamples - static_cast<std::size_t>(in_step_));
    feed(interleaved_.data() + done * count, piece);
    done += piece;
  }
}

void LoudnessMeter::feed(const float* samples, std::size_t count) {
  ebur128_add_frames_float(state_.get(), samples, count);
  for (unsigned c = 0; c < state_->channels; ++c) {
    double peak = 0;
    if (ebur128_prev_true_peak(state_.get(), c, &peak) == EBUR128_SUCCESS) peak_ = std::max(peak_, peak);
  }
  in_step_ += static_cast<std::int64_t>(count);
  if (in_step_ < static_cast<std::int64_t>(kStepSamples)) return;
  in_step_ = 0;
  double lufs = 0;
  if (energies_.size() >= kMostSteps || ebur128_loudness_momentary(state_.get(), &lufs) != EBUR128_SUCCESS)
    return;
  // A window that isn't full yet doesn't count.
  whole_steps_ = std::min(whole_steps_ + 1, kStepsOfWindow);
  energies_.push_back(whole_steps_ < kStepsOfWindow ? 0 : energy_of(lufs));
}

void LoudnessMeter::cut(MediaTime end) {
  energies_.resize(std::min(energies_.size(), static_cast<std::size_t>(std::max(MediaTime{}, end) / kStep)));
  in_step_ = 0;
  state_.reset();
}

std::optional<Loudness> loudness_of(const LoudnessMeter* voice, const LoudnessMeter* system) {
  std::vector<double> energies;
  double peak = 0;
  for (const LoudnessMeter* meter : {voice, system}) {
    if (!meter) continue;
    if (meter->energies().size() > energies.size()) energies.resize(meter->energies().size(), 0);
    for (std::size_t i = 0; i < meter->energies().size(); ++i) energies[i] += meter->energies()[i];
    peak += meter->peak();
  }
  const double loud = mean_above(energies, energy_of(kAbsoluteGate));
  if (loud <= 0) return std::nullopt;
  const double gate = std::max(energy_of(kAbsoluteGate), loud * std::pow(10, kRelativeGate / 10));
  return Loudness{.integrated_lufs = lufs_of(mean_above(energies, gate)),
                  .peak_dbtp = peak > 0 ? std::max(kSilentPeak, 20 * std::log10(peak)) : kSilentPeak};
}

}  // namespace meanwhile
