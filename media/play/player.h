// Plays a clip: screen and camera pictures in step with the sound, which is the clock.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "media/base/clock.h"
#include "media/base/loudness.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/play/audio_output.h"
#include "media/play/clip_media.h"

namespace meanwhile {

struct PlayerStatus {
  MediaTime position{};  // on the recorded timeline, as everything here but the next two
  MediaTime duration{};  // of the clip itself, without what is joined to it
  // On the edited timeline: what is left and how far it has come. Without edits the same.
  MediaTime edited_position{};
  MediaTime edited_duration{};
  bool is_playing = false;
  bool is_ended = false;    // at the end; play() starts over
  bool is_seeking = false;  // the picture of the sought moment isn't there yet
  bool is_waiting = false;  // for bytes
  double speed = 1;
  double volume = 1;                  // 0 to 1
  std::optional<Error> failure;       // nothing can be played
  std::vector<std::string> warnings;  // a track that couldn't be read or is damaged from some moment on
  std::int64_t frames_shown = 0;
  std::int64_t frames_late = 0;  // decoded too late to be shown
};

enum class PictureTrack { Screen, Camera };

constexpr double kSlowestSpeed = 0.5;
constexpr double kFastestSpeed = 3;

// Owns its threads; all calls from one thread (the window's).
class Player {
 public:
  // Opens in the background: status() tells; paused at media.start with its first picture wanted.
  // output: nullptr plays without sound by clock. on_change: on any thread when status or pictures changed;
  // returns at once.
  static std::unique_ptr<Player> create(ClipMedia media, std::unique_ptr<AudioOutput> output,
                                        const Clock& clock, std::function<void()> on_change);
  virtual ~Player() = default;

  virtual void play() = 0;
  virtual void pause() = 0;
  // Exactly: the frames that are on show at `moment` in both pictures; clamped to the clip, and where the
  // moment was cut to the next one that wasn't. A newer seek replaces an older one. Keeps playing or pausing.
  virtual void seek(MediaTime moment) = 0;
  // To the next or the one before of the screen's frames (the camera's, where there is no screen). Pauses.
  virtual void step_frames(int count) = 0;
  virtual void set_speed(double speed) = 0;  // clamped; the pitch is kept
  virtual void set_volume(double volume) = 0;
  // Instead of media.sound.
  virtual void set_sound(const SoundTreatment& sound) = 0;
  // It came later than the tracks.
  virtual void set_pointer(std::shared_ptr<const PointerTrack> pointer) = 0;

  virtual PlayerStatus status() const = 0;
  // What is on show at status().position; nullptr before the first picture, and where the track has none.
  // picture->at is when it comes on the edited timeline.
  virtual PicturePtr picture(PictureTrack track) = 0;
  // When picture() or position next change by themselves; nullopt while paused. So the window can sleep until
  // then.
  virtual std::optional<MonotonicTime> next_change() const = 0;
};

}  // namespace meanwhile
