#include "media/record/waveform.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>

#include "media/base/media_time.h"
#include "media/capture/sample_blocks.h"

namespace meanwhile {
namespace {

constexpr std::int64_t kSamplesPerPeak = kSampleRate / Waveform::kPeaksPerSecond;
// 100 hours, the longest clip: a damaged track's times must not eat the memory.
constexpr std::int64_t kMostPeaks = 100LL * 3600 * Waveform::kPeaksPerSecond;

}  // namespace

void Waveform::add(std::span<const float> samples, std::int64_t first) {
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const std::int64_t place = first + static_cast<std::int64_t>(i);
    if (place < 0 || place / kSamplesPerPeak >= kMostPeaks) continue;
    const auto peak = static_cast<std::size_t>(place / kSamplesPerPeak);
    if (peak >= peaks_.size()) peaks_.resize(peak + 1);
    const float level = std::isfinite(samples[i]) ? std::min(1.0F, std::abs(samples[i])) : 0;
    loudest_ = std::max(loudest_, level);
    peaks_[peak] = std::max(peaks_[peak], static_cast<std::uint8_t>(std::lround(level * 100)));
  }
}

void Waveform::cut(MediaTime end) {
  constexpr MediaTime kPeak = MediaTime(std::chrono::seconds(1)) / kPeaksPerSecond;
  const auto peaks = static_cast<std::size_t>((end + kPeak - MediaTime(1)) / kPeak);
  peaks_.resize(std::min(peaks_.size(), peaks));
}

// By hand: a take of many hours is saved while somebody waits.
std::string Waveform::to_json() const {
  std::string json = fmt::format("{{\"format\":1,\"peaks_per_second\":{},\"peaks\":[", kPeaksPerSecond);
  json.reserve(json.size() + peaks_.size() * std::size("100,"));
  for (const int peak : peaks_) json.append(std::to_string(peak)).push_back(',');
  if (!peaks_.empty()) json.pop_back();
  return json + "]}";
}

}  // namespace meanwhile
