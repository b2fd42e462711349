// What a track is, how it is doing, and what became of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "media/base/media_time.h"

namespace meanwhile {

enum class TrackKind { Screen, Camera, Voice, System };

// How a track is doing right now. All but Good is something the person should know of: a screen that stands
// still is Good.
enum class TrackHealth {
  Good,
  Muted,          // by mute(): meant, but worth showing
  MutedAtSource,  // the system has the device muted, or at volume 0
  Silent,         // a microphone that gives nothing at all, not even a room's noise
  Clipped,        // too loud: cut off at full level
  Black,          // a camera's picture, for some seconds
  Frozen,         // a camera that gives the same picture over and over
  Stalled,        // a camera or a microphone that gives nothing any more
  Paused,         // the system holds the stream back (a portal, a camera switch)
  Unseen,         // a screen that is off, a window that is minimised: its last picture is recorded
  Lost,           // the device is gone; it is taken up again when it returns, or another one
  Ended,          // for good
};

// What became of a track, for the summary at the end of a take. Pictures leave the sound's fields at 0, and
// the other way round.
struct TrackFigures {
  MediaTime longest_gap{};      // without a picture of a camera, or without samples
  MediaTime longest_black{};    // of a camera
  MediaTime longest_frozen{};   // of a camera
  MediaTime longest_silence{};  // digital silence, whatever it came from
  double clipped_share = 0;     // of the samples
  MediaTime drift{};            // how much the sound was stretched to stay in step (below 0: shortened)
};

// A part of the take in which something ailed a track. On the take's timeline.
struct HealthStretch {
  TrackHealth health = TrackHealth::Good;
  MediaTime from{};
  MediaTime to{};

  bool operator==(const HealthStretch&) const = default;
};

struct TrackReport {
  TrackKind kind;
  std::string file;    // "screen.mp4"
  std::string codec;   // RFC 6381: "avc1.640028", "mp4a.40.2"
  std::string device;  // what a person calls the source
  int width = 0;
  int height = 0;
  std::int64_t frames_captured = 0;  // blocks of samples for sound
  std::int64_t frames_encoded = 0;
  std::int64_t frames_dropped = 0;
  std::uint64_t bytes = 0;
  MediaTime duration{};
  bool is_over = false;                    // ended before the take did; a warning says why
  TrackHealth health = TrackHealth::Good;  // now; in a summary: at the end
  std::string health_sentence;             // what it is and what to do; empty: Good
  TrackFigures figures;
  std::vector<HealthStretch> ailed;  // what ailed it, and when; oldest first
};

}  // namespace meanwhile
