// The microphone or the system sound in a Recorder: its source, its level, and its track while a take is
// recorded.
#pragma once

#include <memory>

#include "media/base/guarded.h"
#include "media/capture/source.h"
#include "media/record/audio_encoder.h"
#include "media/record/level_meter.h"
#include "media/record/recorder.h"
#include "media/record/recorder_notes.h"
#include "media/record/take_context.h"

namespace meanwhile {

// The calls of SampleSink: the source's thread. report(), peak(): any thread. begin to cancel: one at a time.
class AudioTrack final : public SampleSink {
 public:
  AudioTrack(TrackKind kind, std::unique_ptr<SampleSource> source, RecorderNotes& notes);
  ~AudioTrack() override;

  TrackKind kind() const { return kind_; }
  // Starts the source. Errors: the source's.
  Result<void> open();
  // Samples go into the take from now on.
  void begin(const TakeContext& context, DiskFilePtr file);
  void flush() { encoder_->flush(); }
  void stop_source() { source_->stop(); }
  // After stop_source(). Drains.
  void finish();
  void cancel();

  TrackReport report() const;
  // 0 to 1.
  float peak(MonotonicTime now) const;
  // After finish().
  const Waveform& waveform() const { return encoder_->waveform(); }
  MediaTime duration() const { return encoder_->duration(); }
  std::uint64_t size_bytes() const { return file_ ? file_->size_bytes() : 0; }

  void on_samples(FramePtr samples, MonotonicTime at) override;
  void on_ended(Error why) override;

 private:
  struct State {
    LevelMeter level;
    bool is_recording = false;
    std::int64_t captured = 0;
    bool is_over = false;
  };

  const TrackKind kind_;
  RecorderNotes& notes_;
  const SampleSourceInfo info_;
  mutable Guarded<State> state_;
  // Set by begin(), before is_recording.
  const TakeContext* context_ = nullptr;
  DiskFilePtr file_;
  std::unique_ptr<AudioEncoder> encoder_;
  const std::unique_ptr<SampleSource> source_;  // last: stopped before anything above goes
};

}  // namespace meanwhile
