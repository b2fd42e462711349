// Records a take: screen, camera, microphone and system sound at once, on one clock, each into its own track
// file.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "media/base/chapters.h"
#include "media/base/clock.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/capture/capture_options.h"
#include "media/record/take_summary.h"
#include "media/record/track_report.h"

namespace meanwhile {

class TakeListener;
struct RecorderParts;

// Specs as in media/capture/source_registry.h; "none": without.
struct RecordSettings {
  std::string screen = "default";
  std::string camera = "default";
  std::string microphone = "default";
  bool system_audio = false;
  int frames_per_second = 30;
  CaptureOptions capture;
  // A hardware encoder that was tried and works (hardware_encoders.h: "h264_vaapi"); empty: the processor.
  std::string encoder;
  std::shared_ptr<TakeListener> listener;  // nullptr: none
};

struct RecordStatus {
  RecordState state = RecordState::Armed;
  MediaTime elapsed{};
  std::uint64_t bytes = 0;
  std::vector<TrackReport> tracks;
  std::vector<std::string> warnings;  // whole sentences, oldest first, each once
  float voice_peak = 0;               // of the last 100 ms, 0 to 1; of the microphone, also while it is muted
  bool is_muted = false;              // by mute()
  Chapters chapters;                  // marked so far
  std::string clip;                   // once it started; restart() makes a new one
  std::filesystem::path folder;       // its tracks can be played at any time, up to about a second ago
};

// Owns the sources and, through the take, the encoders and the writer. One thread at a time calls, except
// status() and preview(): any.
class Recorder {
 public:
  // Opens the devices and shows them (Armed): previews and levels run, nothing is written. A "default" device
  // that isn't there is left out with a warning; one that was named must be there. on_change: called on any
  // thread when there is a new picture, level or state; must return at once. Errors: NotFound, Unavailable,
  // PermissionDenied (a named device), InvalidArgument (nothing at all to record), Aborted (the person was
  // asked for a screen and cancelled, or settings.capture.stop).
  static Result<std::unique_ptr<Recorder>> create(const RecordSettings& settings, const Clock& clock,
                                                  std::function<void()> on_change);
  virtual ~Recorder() = default;

  // Begins to write <takes>/<new clip id>/. Errors: NoSpace, PermissionDenied, AlreadyExists, Io.
  virtual Result<void> start(const std::filesystem::path& takes, const TakeDetails& details) = 0;
  virtual void pause() = 0;
  // Also after retake().
  virtual void resume() = 0;
  // The voice goes on in silence, from the sound that is on its way to us right now; before the start too.
  virtual void mute() = 0;
  virtual void unmute() = 0;
  // "Say that again": takes the take back to the last pause in speech before the last words and leaves it
  // Paused there, on the disk: show what stands ([at - 2 s, at] of the folder's tracks), then resume(). What
  // was taken back is gone from the files. Without speech (no microphone, a mute one): 10 s back. Blocks for
  // some tens of milliseconds. Errors: InvalidArgument (no take is being recorded).
  virtual Result<Retake> retake() = 0;
  // A chapter begins now. Errors: InvalidArgument (no take is being recorded, it has too many).
  virtual Result<void> mark_chapter() = 0;
  // Drops what was recorded and begins anew at once, in a new clip's folder, with the same devices and
  // details. Errors: as start(), and InvalidArgument (no take is being recorded); the take then goes on as
  // it was.
  virtual Result<void> restart() = 0;
  // Drains and saves. When this returns the take is on the disk, whole and playable. Errors: what kept the
  // take from being written at all; a track that failed is a warning in the summary.
  virtual Result<TakeSummary> finish() = 0;
  // Discards the take and its folder.
  virtual void cancel() = 0;

  virtual RecordStatus status() const = 0;
  // The newest picture of the screen or the camera; nullptr before the first.
  virtual PicturePtr preview(TrackKind kind) const = 0;
};

// As Recorder::create, from these parts.
Result<std::unique_ptr<Recorder>> create_recorder(const RecordSettings& settings, const Clock& clock,
                                                  std::function<void()> on_change, RecorderParts parts);

}  // namespace meanwhile
