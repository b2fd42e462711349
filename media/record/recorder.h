// Records a take: screen, camera, microphone and system sound at once, on one clock, each into its own track
// file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"

namespace meanwhile {

// Specs as in media/capture/source.h; "none": without.
struct RecordSettings {
  std::string screen = "default";
  std::string camera = "default";
  std::string microphone = "default";
  bool system_audio = false;
  int frames_per_second = 30;
};

struct TakeDetails {
  std::string title;
  std::string channel;
};

enum class TrackKind { Screen, Camera, Voice, System };

// "screen", "camera", "voice", "system": also the file's name without its ending.
std::string track_name(TrackKind kind);

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
  bool is_over = false;  // ended before the take did; a warning says why
};

enum class RecordState { Armed, Recording, Paused, Finished, Failed };

struct RecordStatus {
  RecordState state = RecordState::Armed;
  MediaTime elapsed{};
  std::uint64_t bytes = 0;
  std::vector<TrackReport> tracks;
  std::vector<std::string> warnings;  // whole sentences, oldest first, each once
  float voice_peak = 0;               // of the last 100 ms, 0 to 1
};

struct TakeSummary {
  std::string clip;
  std::filesystem::path folder;
  MediaTime duration{};
  std::vector<TrackReport> tracks;
  std::vector<std::string> warnings;
};

// Owns the sources and, through the take, the encoders and the writer. All calls from one thread, except
// status() and preview(): any.
class Recorder {
 public:
  // Opens the devices and shows them (Armed): previews and levels run, nothing is written. A "default" device
  // that isn't there is left out with a warning; one that was named must be there. on_change: called on any
  // thread when there is a new picture, level or state; must return at once. Errors: NotFound, Unavailable,
  // PermissionDenied (a named device), InvalidArgument (nothing at all to record).
  static Result<std::unique_ptr<Recorder>> create(const RecordSettings& settings, const Clock& clock,
                                                  std::function<void()> on_change);
  virtual ~Recorder() = default;

  // Begins to write <takes>/<new clip id>/. Errors: NoSpace, PermissionDenied, AlreadyExists, Io.
  virtual Result<void> start(const std::filesystem::path& takes, const TakeDetails& details) = 0;
  virtual void pause() = 0;
  virtual void resume() = 0;
  // Drains and saves. When this returns the take is on the disk, whole and playable. Errors: what kept the
  // take from being written at all; a track that failed is a warning in the summary.
  virtual Result<TakeSummary> finish() = 0;
  // Drops the take and its folder.
  virtual void cancel() = 0;

  virtual RecordStatus status() const = 0;
  // The newest picture of the screen or the camera; nullptr before the first.
  virtual PicturePtr preview(TrackKind kind) const = 0;
};

}  // namespace meanwhile
