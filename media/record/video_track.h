// The screen or the camera in a Recorder: its source, its preview, and its track while a take is recorded.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "media/base/guarded.h"
#include "media/base/picture.h"
#include "media/capture/source.h"
#include "media/record/recorder.h"
#include "media/record/recorder_notes.h"
#include "media/record/take_context.h"
#include "media/record/video_encoder.h"

namespace meanwhile {

// The calls of FrameSink: the source's thread. report(), preview(): any thread. begin to cancel: one at a
// time.
class VideoTrack final : public FrameSink {
 public:
  VideoTrack(TrackKind kind, std::unique_ptr<FrameSource> source, RecorderNotes& notes,
             std::size_t queue_capacity);
  ~VideoTrack() override;

  TrackKind kind() const { return kind_; }
  // Starts the source. Errors: the source's.
  Result<void> open(PointerSink* pointer);
  // Frames go into the take from now on; the newest picture is its first. now: the take's first instant.
  void begin(const TakeContext& context, DiskFilePtr file, MonotonicTime now);
  // After a pause: what is on show now is the next picture.
  void resume(MediaTime at);
  // Called now and then: keeps the data on disk current when the source is silent, and says when a camera
  // hangs.
  void tick(MonotonicTime now);
  void flush(MediaTime end);
  void stop_source() { source_->stop(); }
  // After stop_source(). Drains; the last picture holds until `end`.
  void finish(MediaTime end);
  void cancel();

  TrackReport report() const;
  PicturePtr preview() const;
  // After finish(): the picture that stands for the track; nullptr: there is none.
  MediaTime duration() const { return encoder_->duration(); }
  FramePtr take_poster() { return encoder_ ? encoder_->take_poster() : nullptr; }
  std::uint64_t size_bytes() const { return file_ ? file_->size_bytes() : 0; }

  void on_frame(FramePtr frame, MonotonicTime at) override;
  void on_unchanged(MonotonicTime at) override;
  void on_ended(Error why) override;

 private:
  struct State {
    FramePtr newest;
    MonotonicTime newest_at{};
    PicturePtr preview;  // of newest, once somebody asked
    bool is_recording = false;
    std::optional<MediaTime> last_sent;
    std::int64_t captured = 0;
    bool is_over = false;
  };

  std::optional<MediaTime> time_of_locked(const State& state, MonotonicTime at) const;
  void send_locked(State& state, FramePtr frame, MediaTime at);
  void repeat_if_still(MediaTime at, MediaTime silence);
  void warn_if_stalled(MonotonicTime now);

  const TrackKind kind_;
  RecorderNotes& notes_;
  const std::size_t queue_capacity_;
  const FrameSourceInfo info_;
  mutable Guarded<State> state_;
  // Set by begin(), before is_recording.
  const TakeContext* context_ = nullptr;
  DiskFilePtr file_;
  std::unique_ptr<VideoEncoder> encoder_;
  const std::unique_ptr<FrameSource> source_;  // last: stopped before anything above goes
};

}  // namespace meanwhile
