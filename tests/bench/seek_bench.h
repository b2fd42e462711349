// What playing costs: seeks, the first picture, and processor time.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {

constexpr std::chrono::seconds kPlayed{8};
constexpr std::chrono::seconds kPaused{3};

struct PlayFigures {
  double first_picture_ms = 0;
  std::vector<double> seeks_ms;  // sorted
  double cpu_per_played_second = 0;
  double cpu_per_paused_second = 0;

  [[nodiscard]] double seek_percentile(double share) const;
};

struct PlayFiles {
  std::string screen;
  std::string camera;  // empty: none
  std::string voice;   // empty: none
};

// 50 random moments, the same ones every time.
std::vector<MediaTime> seek_moments(MediaTime duration);

// Opens the files, seeks exactly to seek_moments(), plays and pauses for a few seconds each.
// Errors: NotFound, Corrupt (nothing plays).
Result<PlayFigures> measure_playing(const PlayFiles& files);

}  // namespace meanwhile
