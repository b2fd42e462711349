#include "media/record/activity.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "media/base/media_time.h"

namespace meanwhile {
namespace {

constexpr MediaTime kStretch = MediaTime(std::chrono::seconds(1)) / Activity::kPerSecond;
// 100 hours, the longest clip: a damaged track's times must not eat the memory.
constexpr std::int64_t kMostStretches = 100LL * 3600 * Activity::kPerSecond;
constexpr std::int64_t kMostLevel = 255;

std::size_t stretches_until(MediaTime end) {
  return static_cast<std::size_t>(
      std::clamp<std::int64_t>((end + kStretch - MediaTime(1)) / kStretch, 0, kMostStretches));
}

}  // namespace

void Activity::note(MediaTime pts, std::int64_t bytes) {
  const std::int64_t stretch = pts / kStretch;
  if (pts < MediaTime{} || stretch >= kMostStretches) return;
  const auto place = static_cast<std::size_t>(stretch);
  if (place >= bytes_.size()) bytes_.resize(place + 1);
  bytes_[place] += bytes;
}

void Activity::cut(MediaTime end) {
  bytes_.resize(std::min(bytes_.size(), stretches_until(end)));
}

std::string Activity::to_json(MediaTime end) const {
  std::string json =
      fmt::format("{{\"format\":1,\"per_second\":{},\"unit_bytes\":{},\"levels\":[", kPerSecond, kUnitBytes);
  const std::size_t count = std::max(bytes_.size(), stretches_until(end));
  for (std::size_t i = 0; i < count; ++i)
    json.append(std::to_string(i < bytes_.size() ? std::min(kMostLevel, bytes_[i] / kUnitBytes) : 0))
        .push_back(',');
  if (count > 0) json.pop_back();
  return json + "]}";
}

}  // namespace meanwhile
