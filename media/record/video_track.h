// The screen or the camera in a Recorder: its source, its preview, and its track while a take is recorded.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "media/base/clock.h"
#include "media/base/guarded.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/capture/sinks.h"
#include "media/capture/source.h"
#include "media/ffmpeg/owners.h"
#include "media/record/health_log.h"
#include "media/record/load_policy.h"
#include "media/record/picture_encoder.h"
#include "media/record/picture_encoding.h"
#include "media/record/picture_health.h"
#include "media/record/picture_outline.h"
#include "media/record/recorder_notes.h"
#include "media/record/take_context.h"
#include "media/record/track_file.h"
#include "media/record/track_report.h"
#include "media/record/track_writer.h"
#include "media/record/video_encoder.h"

namespace meanwhile {

// Opens a device again that went away.
using OpenFramesAgain = std::function<Result<std::unique_ptr<FrameSource>>()>;

// The calls of FrameSink: the source's thread. report(), preview(): any thread. reopen_source(): a thread of
// its own. begin to cancel: one at a time.
class VideoTrack final : public FrameSink {
 public:
  // open_again: for a source that may come back (Unavailable); nullptr: it won't. on_lost: called on the
  // source's thread when it went away.
  VideoTrack(TrackKind kind, std::unique_ptr<FrameSource> source, OpenFramesAgain open_again,
             std::function<void()> on_lost, RecorderNotes& notes, PictureEncoding encoding);
  ~VideoTrack() override;

  TrackKind kind() const { return kind_; }
  // Starts the source. Errors: the source's.
  Result<void> open(PointerSink* pointer);
  // Frames go into the take from now on; the newest picture is its first. now: the take's first instant.
  void begin(const TakeContext& context, TrackFilePtr file, MonotonicTime now);
  // After a pause: what is on show now is the next picture.
  void resume(MediaTime at);
  // Called now and then: keeps the data on disk current when the source is silent.
  void tick(MonotonicTime now);
  // What ails it now is said, and kept with its time.
  void note_health(MonotonicTime now);
  void flush(MediaTime end);

  // In a pause: nothing is encoded any more, all that was is handed to the disk. Then the end is taken back,
  // and the track goes on behind it.
  void end_before_cut(MediaTime end) { end_encoder(end); }
  void cut_back(MediaTime at);

  void stop_source();
  // After stop_source(). Drains; the last picture holds until `end`.
  void finish(MediaTime end);
  // Out of the take, whose track is of no interest any more; the source goes on.
  void cancel();

  bool is_lost() const { return state_.lock()->is_lost; }
  // Where the device went away: tries to have it back. Blocks as long as opening does.
  void reopen_source();

  TrackReport report(MonotonicTime now) const;
  PicturePtr preview() const;
  // After finish(): the picture that stands for the track; nullptr: there is none.
  FramePtr take_poster() { return std::move(poster_); }
  // After finish().
  PictureOutline& outline() { return outline_; }

  void on_frame(FramePtr frame, MonotonicTime at) override;
  void on_unchanged(MonotonicTime at) override;
  void on_state(SourceState state) override;
  void on_ended(Error why) override;

 private:
  struct State {
    FrameSourceInfo info;
    FramePtr newest;
    MonotonicTime newest_at{};
    MonotonicTime unchanged_at{};  // when the source last said so
    PicturePtr preview;            // of newest, once somebody asked
    PictureHealth health;
    HealthLog log;
    // While a take is recorded:
    const TakeContext* context = nullptr;
    TrackFilePtr file;
    std::shared_ptr<VideoEncoder> encoder;
    // What the file's header was made from: the first encoder's. nullptr: there is none yet.
    std::shared_ptr<AVCodecParameters> header;
    bool has_hardware_failed = false;
    std::optional<MediaTime> last_sent;
    // The machine is too busy for every picture: of those that weren't sent the newest is, if none follows.
    bool is_behind = false;
    std::int64_t dropped_before = 0;
    WorkLimits limits;
    std::int64_t captured = 0;
    bool has_failed = false;
    // Of the encoders before, as far as their work stands:
    std::string codec;
    VideoCounts earlier;
    MediaTime end{};
    // Of the source:
    bool is_lost = false;
    bool is_over = false;
  };

  static bool is_wanted(const State& state) { return state.encoder && !state.is_over && !state.has_failed; }
  static bool is_in_band(const State& state) {
    return state.header && state.header->codec_tag == kParameterSetsInBand;
  }
  void start_encoder_locked(State& state);
  Result<std::unique_ptr<TrackWriter>> open_writer(const AVCodecContext& encoder);
  std::shared_ptr<VideoEncoder> take_encoder();
  void end_encoder(std::optional<MediaTime> end);
  std::optional<MediaTime> time_of_locked(const State& state, MonotonicTime at) const;
  bool may_send_locked(const State& state, MediaTime at) const;
  void send_locked(State& state, FramePtr frame, MediaTime at);
  void report_load_locked(State& state, MediaTime at);
  void repeat_if_still_locked(State& state, MediaTime at, MediaTime silence);
  TrackHealth health_locked(State& state, MonotonicTime now) const;
  static MonotonicTime since_locked(const State& state, TrackHealth health, MonotonicTime now);
  void install_source(std::unique_ptr<FrameSource> source);

  const TrackKind kind_;
  const OpenFramesAgain open_again_;
  const std::function<void()> on_lost_;
  RecorderNotes& notes_;
  const PictureEncoding encoding_;
  PictureOutline outline_;  // the encoder's, until it is ended
  mutable Guarded<State> state_;
  FramePtr poster_;  // of the encoders before; whoever ends encoders
  std::mutex source_mutex_;
  bool is_stopped_ = false;              // no source is started any more
  std::unique_ptr<FrameSource> source_;  // last: stopped before anything above goes
};

}  // namespace meanwhile
