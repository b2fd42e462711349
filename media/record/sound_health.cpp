#include "media/record/sound_health.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>

#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/capture/sinks.h"
#include "media/record/track_report.h"
#include "media/record/voice_mixer.h"

namespace meanwhile {
namespace {

// Converters clip a little below full level; a loud sample alone is none, a flat top is.
constexpr float kFullLevel = 0.99F;
constexpr std::int64_t kFlatTop = 3;
constexpr MediaTime kHole = std::chrono::seconds(1);

std::int64_t clipped_in(std::span<const float> samples) {
  std::int64_t clipped = 0;
  std::int64_t run = 0;
  for (const float sample : samples) {
    run = std::abs(sample) >= kFullLevel ? run + 1 : 0;
    if (run == kFlatTop) clipped += kFlatTop;
    if (run > kFlatTop) ++clipped;
  }
  return clipped;
}

}  // namespace

BlockFacts measure(const AVFrame& samples, const Inputs& channels) {
  BlockFacts facts{.peak = 0, .samples = samples.nb_samples, .clipped = 0};
  for (int channel = 0; channel < samples.ch_layout.nb_channels; ++channel) {
    if (!channels[static_cast<std::size_t>(channel)]) continue;
    const auto* first = reinterpret_cast<const float*>(samples.extended_data[channel]);
    const std::span plane(first, static_cast<std::size_t>(samples.nb_samples));
    const auto [lowest, highest] = std::ranges::minmax(plane);
    facts.peak = std::max({facts.peak, std::abs(lowest), std::abs(highest)});
    facts.swing = std::max(facts.swing, (highest - lowest) / 2);
    facts.clipped = std::max(facts.clipped, clipped_in(plane));
  }
  facts.peak = std::min(facts.peak, 1.0F);
  return facts;
}

void SoundHealth::wait(MonotonicTime now) {
  if (!waited_since_) waited_since_ = now;
}

void SoundHealth::add(const BlockFacts& block, MonotonicTime at, MediaTime recorded) {
  // What nobody heard, because this program stood still, was no silence.
  if (newest_ && at - *newest_ > kHole) silent_since_.reset();
  newest_ = at;
  const bool is_silent = block.swing < kSilence;
  if (!is_silent) silent_since_.reset();
  if (is_silent && !silent_since_) silent_since_ = at;
  if (block.clipped > 0) clipping_.push_back({at, block.clipped});
  while (!clipping_.empty() && at - clipping_.front().at > kClippedWindow) clipping_.pop_front();
  if (recorded <= MediaTime{}) return;
  silence_ = is_silent ? silence_ + recorded : MediaTime{};
  longest_silence_ = std::max(longest_silence_, silence_);
  samples_ += block.samples;
  clipped_ += block.clipped;
}

void SoundHealth::reopen() {
  state_ = SourceState::Delivering;
  waited_since_.reset();
  newest_.reset();
  silent_since_.reset();
}

void SoundHealth::begin_take() {
  silence_ = longest_silence_ = MediaTime{};
  samples_ = clipped_ = 0;
}

TrackHealth SoundHealth::health(MonotonicTime now) const {
  if (state_ == SourceState::Paused) return TrackHealth::Paused;
  if (state_ == SourceState::Muted) return TrackHealth::MutedAtSource;
  if (newest_ ? now - *newest_ >= kStalled : waited_since_ && now - *waited_since_ >= kFirst)
    return TrackHealth::Stalled;
  if (silent_since_ && now - *silent_since_ >= kSilent) return TrackHealth::Silent;
  const auto recent =
      std::accumulate(clipping_.begin(), clipping_.end(), std::int64_t{0},
                      [](std::int64_t sum, const Clipping& clipping) { return sum + clipping.samples; });
  return recent >= kClippedSamples ? TrackHealth::Clipped : TrackHealth::Good;
}

MonotonicTime SoundHealth::since(TrackHealth health, MonotonicTime now) const {
  if (health == TrackHealth::Silent) return silent_since_.value_or(now);
  if (health == TrackHealth::Stalled) return newest_ ? *newest_ : waited_since_.value_or(now);
  if (health == TrackHealth::Clipped && !clipping_.empty()) return clipping_.front().at;
  return now;
}

double SoundHealth::clipped_share() const {
  return samples_ == 0 ? 0 : static_cast<double>(clipped_) / static_cast<double>(samples_);
}

}  // namespace meanwhile
