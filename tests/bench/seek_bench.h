// What playing costs: seeks, steps, scrubbing, the first picture, and processor time.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/play/clip_media.h"

namespace meanwhile {

constexpr std::chrono::seconds kPlayed{8};
constexpr std::chrono::seconds kPaused{3};
constexpr int kSteps = 40;  // each way
// A hand that drags over a minute of the clip, and asks as often as a mouse tells.
constexpr std::chrono::seconds kScrubbed{3};
constexpr std::chrono::milliseconds kScrubInterval{10};

struct PlayFigures {
  double first_picture_ms = 0;
  std::vector<double> seeks_ms;  // sorted
  double cpu_per_seek_ms = 0;
  double step_ms = 0;  // median, one frame on
  double step_back_ms = 0;
  double scrub_updates_per_second = 0;
  double cpu_per_played_second = 0;
  double cpu_per_paused_second = 0;

  [[nodiscard]] double seek_percentile(double share) const;
};

struct PlayFiles {
  std::string screen;
  std::string camera;    // empty: none
  std::string voice;     // empty: none
  MediaTime duration{};  // as a clip's manifest knows it
};

// In processes of their own, as the program has them, or in the player's.
enum class Decoders { Apart, Inside };

// 50 random moments, the same ones every time.
std::vector<MediaTime> seek_moments(MediaTime duration);
// Where the hand is after that share of kScrubbed.
MediaTime scrub_moment(MediaTime duration, double share);

// To its last fragment. Errors: NotFound, Corrupt.
Result<MediaTime> length_of(const std::string& track);

using OpenMedia = std::function<Result<ClipMedia>()>;
// Errors: NotFound, Io.
Result<ClipMedia> open_files(const PlayFiles& files);

// Opens it, seeks exactly to seek_moments(), steps, scrubs, plays and pauses for a few seconds each. A seek
// ends when both pictures are drawn into a window of 1280 x 800 in memory, a texture each. Processor time is
// that of the decoders too. Errors: open's, Corrupt (nothing plays), Internal (no memory).
Result<PlayFigures> measure_playing(const OpenMedia& open, Decoders decoders);

}  // namespace meanwhile
