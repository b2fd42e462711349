#include "media/record/size_estimate.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <ranges>
#include <vector>

#include "media/base/media_time.h"
#include "media/record/take.h"
#include "media/record/track_names.h"
#include "media/record/track_report.h"

namespace meanwhile {
namespace {

constexpr MediaTime kLongEnough = std::chrono::seconds(10);  // for its first keyframe not to be most of it
constexpr int kTakesToSay = 2;
constexpr int kTakesToLookAt = 5;

// From a slide that stands still to a film; a quiet face, and a lively one before a lively wall; and sound,
// which always comes to the same.
constexpr SizeRange kScreen{500'000, 6'000'000};
constexpr double kScreenPixels = 1920.0 * 1080;
constexpr SizeRange kCameraRates{2'000'000, 7'000'000};
constexpr double kCameraPixels = 1280.0 * 720;
constexpr SizeRange kSound{700'000, 1'000'000};

SizeRange scaled(const SizeRange& range, double factor) {
  const auto times = [factor](std::uint64_t bytes) {
    return static_cast<std::uint64_t>(std::llround(static_cast<double>(bytes) * factor));
  };
  return {times(range.least), times(range.most)};
}

SizeRange measured(const TrackReport& track) {
  const double pixels = static_cast<double>(track.width) * track.height;
  if (!is_picture(track.kind)) return kSound;
  return track.kind == TrackKind::Screen ? scaled(kScreen, pixels / kScreenPixels)
                                         : scaled(kCameraRates, pixels / kCameraPixels);
}

std::uint64_t bytes_a_minute(const TrackReport& track) {
  return static_cast<std::uint64_t>(static_cast<double>(track.bytes) * 60 / to_seconds(track.duration));
}

}  // namespace

UsualSizes usual_sizes(const std::vector<Take>& takes) {
  UsualSizes usual;
  for (const TrackKind kind : kAllTracks) {
    std::vector<std::uint64_t> sizes;
    for (const Take& take : takes | std::views::reverse) {
      for (const TrackReport& track : take.tracks) {
        if (track.kind == kind && track.duration >= kLongEnough && track.bytes > 0 &&
            sizes.size() < kTakesToLookAt)
          sizes.push_back(bytes_a_minute(track));
      }
    }
    if (sizes.size() < kTakesToSay) continue;
    const auto [least, most] = std::ranges::minmax(sizes);
    usual[kind] = {least, most};
  }
  return usual;
}

SizeRange expected_size(const std::vector<TrackReport>& tracks, const UsualSizes& usual) {
  SizeRange all;
  for (const TrackReport& track : tracks) {
    const auto known = usual.find(track.kind);
    const SizeRange size = known == usual.end() ? measured(track) : known->second;
    all.least += size.least;
    all.most += size.most;
  }
  return all;
}

}  // namespace meanwhile
