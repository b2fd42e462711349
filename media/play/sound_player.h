// Plays voice and system sound through the loudspeaker, and sets the clock by what has been heard.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "media/base/clock.h"
#include "media/base/guarded.h"
#include "media/base/loudness.h"
#include "media/base/media_time.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/play/audio_output.h"
#include "media/play/clip_media.h"
#include "media/play/playback_clock.h"
#include "media/play/sound_mix.h"
#include "media/play/tempo.h"
#include "media/play/watched_track.h"

namespace meanwhile {

struct SoundStatus {
  std::int64_t ready = 0;     // the newest seek whose first sound is there (or there is none)
  bool drives_clock = false;  // false once ready: somebody else must, until it is true again
  bool is_waiting = false;    // for bytes, with nothing left to play
  std::vector<std::string> warnings;
  std::size_t tracks = 0;       // that there are
  std::vector<Error> failures;  // of those that can't be opened
  MediaTime end{};              // where the clip's duration wasn't known
};

// Owns the thread "play-sound", which reads, decodes, mixes and changes the tempo; it sleeps while enough is
// ready, and while there is nothing to do. All calls: any thread.
class SoundPlayer {
 public:
  // output: nullptr: no device. duration: 0: until the last track ends. on_event: without a lock, on the
  // sound's or the device's thread: ready changed, or the sound is over. Begins with seek 1 to media.start at
  // speed 1.
  SoundPlayer(const ClipMedia& media, std::unique_ptr<AudioOutput> output, const Clock& clock,
              PlaybackClock& playback, std::function<void()> on_event);
  SoundPlayer(const SoundPlayer&) = delete;
  SoundPlayer& operator=(const SoundPlayer&) = delete;
  // Aborts blocked reads, closes the device.
  ~SoundPlayer();

  // Numbers rise; a newer one takes an older one's place. Call while it isn't running.
  void seek(std::int64_t number, MediaTime moment, double speed);
  // Also while somebody else drives the clock. false: when this returns, the clock is left alone until it
  // runs again.
  void set_running(bool is_running);
  void set_volume(double volume);
  // From the next seek on.
  void set_treatment(const SoundTreatment& treatment);
  [[nodiscard]] SoundStatus status() const;

 private:
  struct Request {
    std::int64_t number = 1;
    MediaTime moment{};
    double speed = 1;
  };
  struct State {
    SoundStatus status;
    std::optional<Request> request = Request{};
    std::int64_t newest = 1;
    // What is ready for the device, interleaved; `taken` floats of it are used up.
    std::vector<float> ready;
    std::size_t taken = 0;
    // Where it belongs: its first float ever was heard at `base`, `given` frames ago.
    MediaTime base{};
    std::int64_t given = 0;
    std::size_t largest_wish = 0;  // that the device had, in floats
    double speed = 1;
    float volume = 1;
    SoundTreatment treatment = {};
    bool is_running = false;
    bool is_finished = false;  // nothing comes after what is ready
    bool runs_free = false;    // the sound is over, the clock goes on by itself
    bool is_device_paused = true;
    bool is_lost = false;  // the device, until one can be opened again
    bool is_stopping = false;
  };

  static std::size_t left(const State& state) { return state.ready.size() - state.taken; }
  static MediaTime next_moment(const State& state);
  static bool wants_more(const State& state);
  void fill(std::span<float> samples);
  void note_loss();
  void give(State& state, std::span<float> samples, MonotonicTime now, MediaTime latency);

  void run();
  bool open();
  bool wait_for_work(std::optional<Request>& request, bool& is_running);
  void regain_device();
  void serve_seek(const Request& request);
  void produce();
  void deliver(std::vector<float> samples, bool is_finished);

  const Clock& clock_;
  PlaybackClock& playback_;
  const MediaTime duration_;
  const bool finds_end_;
  const WatchedTrack voice_;
  const WatchedTrack system_;
  const std::function<void()> on_event_;
  const std::unique_ptr<AudioOutput> output_;
  std::condition_variable wake_;
  mutable Guarded<State> state_;
  // Only the sound's thread.
  SoundMix mix_;
  Tempo tempo_;
  std::int64_t number_ = 0;  // of the seek that is being served
  std::int64_t mixed_ = 0;   // frames since then
  MediaTime mixed_from_{};
  std::vector<float> block_;
  NamedThread thread_;
};

}  // namespace meanwhile
