#include "media/record/speech_levels.h"

extern "C" {
#include <libavutil/mathematics.h>
}

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "media/base/media_time.h"
#include "media/capture/sample_blocks.h"
#include "media/ffmpeg/owners.h"
#include "media/record/take_summary.h"

namespace meanwhile {
namespace {

constexpr std::int64_t kSamplesPerStretch = SpeechLevels::kStretch.count() * kSampleRate / 1'000'000;
// 100 hours, the longest clip: wrong times must not eat the memory.
constexpr std::int64_t kMostLevels = 100LL * 3600 * 1'000'000 / SpeechLevels::kStretch.count();

constexpr std::size_t stretches(MediaTime time) {
  return static_cast<std::size_t>(time / SpeechLevels::kStretch);
}
constexpr std::size_t kReach = stretches(kFarthestRetake);
// Shorter gaps are stops within words (p, t, k) and between them.
constexpr std::size_t kShortestPause = stretches(std::chrono::milliseconds(300));
// Shorter bursts are clicks.
constexpr std::size_t kShortestSpeech = stretches(std::chrono::milliseconds(120));
// What is left of the pause behind the last word: its sound dies away in it.
constexpr std::size_t kAfterWord = stretches(std::chrono::milliseconds(160));
// 12 dB: a voice that isn't clearly above the room's noise is none.
constexpr float kClearlyAbove = 4;
constexpr float kFarQuieter = 30;
// Digital silence has no logarithm: -90 dB.
constexpr float kQuietest = 3e-5F;

float percentile(std::vector<float> values, double part) {
  const auto place =
      values.begin() + static_cast<std::ptrdiff_t>(part * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), place, values.end());
  return std::max(*place, kQuietest);
}

struct Voice {
  std::vector<float> levels;
  float threshold = 0;
  float loudness = 0;
};

// The threshold is halfway, as the ear counts, between the room and the voice; nullopt: there is no voice.
// The quietest and the loudest few: somebody may hardly pause, or say only some words in half a minute.
std::optional<Voice> voice_in(std::vector<float> levels) {
  if (levels.empty()) return std::nullopt;
  const float room = percentile(levels, 0.05);
  const float voice = percentile(levels, 0.97);
  if (voice < room * kClearlyAbove) return std::nullopt;
  return Voice{std::move(levels), std::sqrt(room * voice), voice};
}

// From `origin` on, of whichever input is the loudest; 1 and more is speech. Empty: there is no voice. What
// is far quieter than the loudest voice is no person in this room, or the same one from afar.
std::vector<float> loudest_voice(std::span<const SpeechLevels> inputs, std::size_t origin,
                                 std::size_t length) {
  std::vector<Voice> voices;
  float loudest = 0;
  for (const SpeechLevels& input : inputs) {
    std::vector<float> levels(length - origin);
    const auto all = input.levels();
    if (all.size() > origin) std::ranges::copy(all.subspan(origin), levels.begin());
    auto voice = voice_in(std::move(levels));
    if (!voice) continue;
    loudest = std::max(loudest, voice->loudness);
    voices.push_back(std::move(*voice));
  }
  std::vector<float> together;
  for (const Voice& voice : voices) {
    if (voice.loudness * kFarQuieter < loudest) continue;
    together.resize(voice.levels.size());
    for (std::size_t i = 0; i < together.size(); ++i)
      together[i] = std::max(together[i], voice.levels[i] / voice.threshold);
  }
  return together;
}

// Of runs of loud stretches, those that are long enough to be speech, last first.
class SpeechRuns {
 public:
  SpeechRuns(std::span<const float> levels, float threshold) : levels_(levels), threshold_(threshold) {}

  struct Run {
    std::size_t begin;
    std::size_t end;
  };
  // The last one that ends at or before `end`.
  std::optional<Run> before(std::size_t end) const {
    while (end > 0) {
      while (end > 0 && levels_[end - 1] < threshold_) --end;
      std::size_t begin = end;
      while (begin > 0 && levels_[begin - 1] >= threshold_) --begin;
      if (end - begin >= kShortestSpeech) return Run{begin, end};
      end = begin;
    }
    return std::nullopt;
  }

 private:
  const std::span<const float> levels_;
  const float threshold_;
};

}  // namespace

void SpeechLevels::add(std::span<const float> samples, std::int64_t first) {
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const std::int64_t place = first + static_cast<std::int64_t>(i);
    if (place < 0 || place / kSamplesPerStretch >= kMostLevels) continue;
    const auto stretch = static_cast<std::size_t>(place / kSamplesPerStretch);
    if (stretch > levels_.size()) {
      levels_.resize(stretch);
      sum_ = 0;
    }
    if (stretch < levels_.size()) continue;
    sum_ += std::isfinite(samples[i]) ? static_cast<double>(samples[i]) * samples[i] : 0;
    if (place % kSamplesPerStretch != kSamplesPerStretch - 1) continue;
    levels_.push_back(static_cast<float>(std::sqrt(sum_ / kSamplesPerStretch)));
    sum_ = 0;
  }
}

void SpeechLevels::cut(MediaTime end) {
  levels_.resize(std::min(levels_.size(), stretches(end)));
  sum_ = 0;
}

void InputLevels::add(const AVFrame& samples, std::int64_t first, std::int64_t count, MediaTime at) {
  const std::int64_t place = av_rescale(at.count(), kSampleRate, 1'000'000);
  // Stamps waver by less than a stretch; samples are counted meanwhile, so that none is there twice.
  if (std::abs(place - next_) >= kSamplesPerStretch) next_ = place;
  inputs_.resize(std::max(inputs_.size(), static_cast<std::size_t>(samples.ch_layout.nb_channels)));
  for (std::size_t i = 0; i < static_cast<std::size_t>(samples.ch_layout.nb_channels); ++i) {
    const auto* plane = reinterpret_cast<const float*>(samples.extended_data[i]) + first;
    inputs_[i].add({plane, static_cast<std::size_t>(count)}, next_);
  }
  next_ += count;
}

void InputLevels::cut(MediaTime end) {
  for (SpeechLevels& levels : inputs_) levels.cut(end);
}

std::optional<std::size_t> last_pause(std::span<const SpeechLevels> inputs) {
  std::size_t length = 0;
  for (const SpeechLevels& input : inputs) length = std::max(length, input.levels().size());
  const std::size_t origin = length - std::min(length, kReach);
  const std::vector<float> voice = loudest_voice(inputs, origin, length);
  if (voice.empty()) return std::nullopt;
  const SpeechRuns runs(voice, 1);
  auto later = runs.before(voice.size());
  if (!later) return std::nullopt;
  while (const auto earlier = runs.before(later->begin)) {
    const std::size_t pause = later->begin - earlier->end;
    if (pause >= kShortestPause) return origin + earlier->end + std::min(kAfterWord, pause / 2);
    later = earlier;
  }
  return origin == 0 ? std::optional<std::size_t>(0) : std::nullopt;
}

}  // namespace meanwhile
