// The microphone or the system sound in a Recorder: its source, its level, and its track while a take is
// recorded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "media/base/clock.h"
#include "media/base/guarded.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/capture/sinks.h"
#include "media/capture/source.h"
#include "media/ffmpeg/owners.h"
#include "media/record/audio_encoder.h"
#include "media/record/health_log.h"
#include "media/record/level_meter.h"
#include "media/record/loudness_meter.h"
#include "media/record/recorder_notes.h"
#include "media/record/sound_health.h"
#include "media/record/speech_levels.h"
#include "media/record/take_context.h"
#include "media/record/timeline.h"
#include "media/record/track_file.h"
#include "media/record/track_report.h"
#include "media/record/voice_mixer.h"
#include "media/record/waveform.h"

namespace meanwhile {

// Opens a device again that went away, or another one in its place.
using OpenSamplesAgain = std::function<Result<std::unique_ptr<SampleSource>>()>;

// The calls of SampleSink: the source's thread. mute(), unmute(), report(), peak(): any thread.
// reopen_source(): a thread of its own. begin to cancel: one at a time.
class AudioTrack final : public SampleSink {
 public:
  // open_again: for a source that went away (Unavailable). on_lost: called on the source's thread then.
  AudioTrack(TrackKind kind, std::unique_ptr<SampleSource> source, OpenSamplesAgain open_again,
             std::function<void()> on_lost, RecorderNotes& notes);
  ~AudioTrack() override;

  TrackKind kind() const { return kind_; }
  // Starts the source. Errors: the source's.
  Result<void> open();
  // Samples go into the take from now on.
  void begin(const TakeContext& context, TrackFilePtr file);
  // Called now and then: silence goes in where the device is lost.
  void tick(MonotonicTime now);
  // What ails it now is said, and kept with its time.
  void note_health(MonotonicTime now);
  void flush();

  void mute();
  // now: what was said before goes on being silence.
  void unmute(MonotonicTime now);
  bool is_muted() const { return state_.lock()->is_muted; }

  // In a pause: nothing is encoded any more, all that was is handed to the disk. Then the end is taken back,
  // and the track goes on behind it.
  void end_before_cut() { end_encoder(); }
  void cut_back(MediaTime at);

  void stop_source();
  // After stop_source(). Drains.
  void finish() { end_encoder(); }
  // Out of the take, whose track is of no interest any more; the source goes on.
  void cancel();

  bool is_lost() const { return state_.lock()->is_lost; }
  // Where the device went away: tries to have it back. Blocks as long as opening does.
  void reopen_source();

  TrackReport report(MonotonicTime now) const;
  // 0 to 1.
  float peak(MonotonicTime now) const;
  // After finish() or end_before_cut().
  const Waveform& waveform() const { return before_.waveform; }
  const LoudnessMeter& loudness() const { return before_.loudness; }
  // As last_pause() of speech_levels.h, of what stands in the take.
  std::optional<std::size_t> last_pause() const { return state_.lock()->levels.last_pause(); }

  void on_samples(FramePtr samples, MonotonicTime at) override;
  void on_state(SourceState state) override;
  void on_ended(Error why) override;

 private:
  struct State {
    SampleSourceInfo info;
    LevelMeter level;
    SoundHealth health;
    HealthLog log;
    InputLevels levels;
    bool is_muted = false;
    bool was_muted = false;  // the block before
    MonotonicTime unmuted_at{};
    // While a take is recorded:
    const TakeContext* context = nullptr;
    TrackFilePtr file;
    std::shared_ptr<AudioEncoder> encoder;
    std::int64_t captured = 0;
    std::optional<MediaTime> sent;  // up to here
    bool has_failed = false;
    // Of the encoders before, as far as their work stands:
    std::string codec;
    std::int64_t packets = 0;
    MediaTime end{};
    MediaTime longest_gap{};
    MediaTime drift{};
    // Of the source:
    bool is_lost = false;
    bool is_over = false;
  };

  static bool is_wanted(const State& state) { return state.encoder && !state.has_failed; }
  std::shared_ptr<AudioEncoder> make_encoder(const State& state, SoundBefore before);
  void end_encoder();
  FramePtr mixed(const AVFrame& samples, Inputs& heard);
  static void send(AudioEncoder& encoder, const AVFrame& samples, const std::vector<Timeline::Piece>& pieces);
  void fill_with_silence(MonotonicTime now);
  TrackHealth health_locked(State& state, MonotonicTime now) const;
  void install_source(std::unique_ptr<SampleSource> source);

  const TrackKind kind_;
  const OpenSamplesAgain open_again_;
  const std::function<void()> on_lost_;
  RecorderNotes& notes_;
  const int channels_;  // of the track, whatever later sources have
  // Only the source's thread; between two sources, whoever installs the next one.
  std::optional<VoiceMixer> mixer_;
  mutable Guarded<State> state_;
  SoundBefore before_;  // whoever ends encoders
  std::mutex source_mutex_;
  bool is_stopped_ = false;               // no source is started any more
  std::unique_ptr<SampleSource> source_;  // last: stopped before anything above goes
};

}  // namespace meanwhile
