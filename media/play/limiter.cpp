#include "media/play/limiter.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "media/play/sound_reader.h"

namespace meanwhile {
namespace {

// A decibel below the highest peak, for what lies between two samples, and for what AAC makes of it.
constexpr float kCeiling = 0.794328F;  // -2 dBFS
// Up again by this share of what is missing, each frame: by two thirds in a fifth of a second.
constexpr float kUp = 1.F / (0.2F * kSoundRate);

}  // namespace

Limiter::Limiter(double gain_db) : gain_(static_cast<float>(std::pow(10, gain_db / 20))) {
  reset();
}

void Limiter::reset() {
  held_.assign(kDelay * kSoundChannels, 0.F);
  next_ = 0;
  lowest_.clear();
  recent_.assign(kDelay, 1.F);
  sum_ = kDelay;
  factor_ = 1;
  count_ = 0;
}

float Limiter::needed(std::size_t frame, std::span<const float> samples) const {
  const float peak = std::max(std::abs(samples[frame * 2]), std::abs(samples[frame * 2 + 1])) * gain_;
  return peak > kCeiling ? kCeiling / peak : 1.F;
}

// The lowest factor of the frames ahead, reached by a straight line: the mean of the last kDelay of them.
float Limiter::turned(float needed) {
  while (!lowest_.empty() && lowest_.back().second >= needed) lowest_.pop_back();
  lowest_.emplace_back(count_, needed);
  if (lowest_.front().first < count_ - static_cast<std::int64_t>(kDelay)) lowest_.pop_front();
  factor_ = std::min(lowest_.front().second, factor_ + (1 - factor_) * kUp);
  float& oldest = recent_[static_cast<std::size_t>(count_) % kDelay];
  sum_ += static_cast<double>(factor_) - static_cast<double>(oldest);
  oldest = factor_;
  ++count_;
  return static_cast<float>(sum_ / kDelay);
}

void Limiter::process(std::span<float> samples) {
  for (std::size_t frame = 0; frame * kSoundChannels < samples.size(); ++frame) {
    const float factor = turned(needed(frame, samples)) * gain_;
    for (std::size_t ear = 0; ear < kSoundChannels; ++ear) {
      float& sample = samples[frame * kSoundChannels + ear];
      float& held = held_[next_ * kSoundChannels + ear];
      const float out = std::clamp(held * factor, -kCeiling, kCeiling);  // against rounding
      held = sample;
      sample = out;
    }
    next_ = (next_ + 1) % kDelay;
  }
}

}  // namespace meanwhile
