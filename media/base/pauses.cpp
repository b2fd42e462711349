#include "media/base/pauses.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/time_range.h"

namespace meanwhile {
namespace {

constexpr MediaTime kLook = std::chrono::milliseconds(50);
constexpr MediaTime kShortest = std::chrono::milliseconds(1500);
constexpr MediaTime kKeptBefore = std::chrono::milliseconds(300);  // the last word dies away
constexpr MediaTime kKeptAfter = std::chrono::milliseconds(250);
// A room's noise is quieter than this share of a voice's usual peak.
constexpr float kOfLoud = 0.12F;
constexpr float kLeastSilence = 0.02F;
constexpr float kMostSilence = 0.08F;
// 64 bytes each: a caret that blinks, a picture that came out as the one before.
constexpr std::uint8_t kStill = 4;

template <typename T>
T value_at(std::span<const T> values, MediaTime at, MediaTime duration) {
  const auto place =
      static_cast<std::size_t>(to_seconds(at) / to_seconds(duration) * static_cast<double>(values.size()));
  return values[std::min(place, values.size() - 1)];
}

float silence_of(std::span<const float> peaks) {
  std::vector<float> sorted(peaks.begin(), peaks.end());
  const auto loud = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() * 9 / 10);
  std::ranges::nth_element(sorted, loud);
  return std::clamp(*loud * kOfLoud, kLeastSilence, kMostSilence);
}

}  // namespace

std::vector<TimeRange> find_pauses(std::span<const float> peaks, std::span<const std::uint8_t> levels,
                                   MediaTime duration) {
  std::vector<TimeRange> pauses;
  if (peaks.empty() || levels.empty() || duration <= MediaTime{}) return pauses;
  const float silence = silence_of(peaks);
  MediaTime since{};
  const auto end_at = [&](MediaTime at) {
    if (at - since >= kShortest) pauses.push_back({since + kKeptBefore, at - kKeptAfter});
  };
  for (MediaTime at{}; at < duration; at += kLook) {
    if (value_at(peaks, at, duration) <= silence && value_at(levels, at, duration) <= kStill) continue;
    end_at(at);
    since = at + kLook;
  }
  end_at(duration);
  return pauses;
}

}  // namespace meanwhile
