// Encodes one video track to H.264 and writes it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "media/base/bounded_queue.h"
#include "media/base/guarded.h"
#include "media/base/media_time.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/ffmpeg/owners.h"
#include "media/record/h264.h"
#include "media/record/keyframe_policy.h"
#include "media/record/load_policy.h"
#include "media/record/picture_encoder.h"
#include "media/record/picture_outline.h"
#include "media/record/poster_picker.h"
#include "media/record/track_writer.h"

namespace meanwhile {

// Makes the track's file once the encoder's parameters are known. Called on the encoder's thread.
using OpenTrack = std::function<Result<std::unique_ptr<TrackWriter>>(const AVCodecContext& encoder)>;

// What comes from a device mustn't wait, and loses its oldest picture; what comes from a file loses none.
enum class WhenFull { DropOldest, Wait };

struct VideoEncoderSettings {
  std::string track;  // "screen"
  VideoUse use = VideoUse::Screen;
  double frames_per_second = 30;
  std::size_t queue_capacity = 8;  // a quarter of a second: more would only make a slow machine late
  WhenFull when_full = WhenFull::DropOldest;
  OpenEncoder software = open_libx264;
  OpenEncoder hardware = {};  // tried first; empty: none
  bool has_sets_in_band =
      false;  // the track goes on, and its parameter sets are in band, whatever encodes now
  // The track is empty: whenever its first picture comes, it stands from 0 on. Players of playlists believe
  // that all tracks begin together.
  bool begins_at_zero = false;
  PictureOutline* outline =
      nullptr;  // filled on the encoder's thread; must outlive it; nullptr: none is wanted
  // The hardware failed, at the start or in the middle, and `software` goes on. At most once, on the
  // encoder's thread.
  std::function<void(const Error&)> on_fallback = [](const Error&) {};
};

struct VideoCounts {
  std::int64_t encoded = 0;  // repeats too: what is in the file
  std::int64_t dropped = 0;
};

// Owns the thread "venc-<track>". The encoder is opened by the first frame, which knows the colours.
// push, repeat, flush: one thread at a time (the caller's lock); none blocks but flush.
class VideoEncoder {
 public:
  // on_failure: called once, on the encoder's thread; what is pushed afterwards is dropped.
  VideoEncoder(VideoEncoderSettings settings, OpenTrack open, std::function<void(const Error&)> on_failure);
  ~VideoEncoder();

  // frame: YUV420P, always of one size, never changed afterwards. pts: strictly rising; a frame that isn't
  // after the one before is dropped and counted. A full queue loses its oldest frame, which is counted, or
  // waits (WhenFull).
  void push(FramePtr frame, MediaTime pts);
  // The picture of the last frame still holds at pts. Passed over while frames wait.
  void repeat(MediaTime pts);
  // Everything up to `end` goes to the disk now; what is pushed later comes at or after `end`. Blocks while
  // the queue is full.
  void flush(MediaTime end);
  // Drains; the last picture holds until `end` (nullopt: for the usual length of a frame). Ends the thread.
  void finish(std::optional<MediaTime> end);
  // Drops what is queued. Ends the thread.
  void cancel();

  // Any thread.
  // From the next picture on. What isn't libx264 knows only one effort.
  void set_effort(Effort effort) { wanted_effort_ = effort; }
  // 0 to 1.
  double queue_share() const {
    return static_cast<double>(queue_.size()) / static_cast<double>(settings_.queue_capacity);
  }
  VideoCounts counts() const { return {encoded_, dropped_}; }
  std::string codec() const { return codec_.copy(); }
  // After finish().
  MediaTime duration() const { return duration_; }
  FramePtr take_poster() { return poster_.take(); }

 private:
  enum class JobKind { Frame, Repeat, Flush };
  struct Job {
    JobKind kind = JobKind::Frame;
    FramePtr frame;
    MediaTime at{};
  };

  void work();
  Result<void> handle(Job job);
  Result<void> encode_frame(FramePtr frame, MediaTime pts);
  Result<void> begin_at_zero(const AVFrame& first, MediaTime until);
  Result<void> open(const AVFrame& first);
  Result<void> open_encoder(const AVFrame& first);
  Result<void> open_software(const AVFrame& first);
  Result<void> fall_back(const AVFrame& next, const Error& why);
  Result<void> follow_effort(const AVFrame& next);
  Result<void> encode(FramePtr frame, MediaTime pts, PictureChange change);
  Result<void> send(const AVFrame* frame);
  Result<void> write(PacketPtr packet);
  Result<void> write_packets();
  Result<void> flush_writer(MediaTime end);
  Result<void> drain();

  const VideoEncoderSettings settings_;
  const OpenTrack open_;
  const std::function<void(const Error&)> on_failure_;
  // Only the encoder's thread, until it is joined.
  std::unique_ptr<PictureEncoder> encoder_;
  bool is_hardware_ = false;
  Effort effort_ = Effort::Full;
  std::deque<PacketPtr> packets_;  // out of the encoder, not yet written
  std::int64_t in_encoder_ = 0;
  bool has_sets_in_band_ = false;
  std::unique_ptr<TrackWriter> writer_;
  FramePtr last_frame_;
  KeyframePolicy keyframes_;
  PictureChange newest_change_ = PictureChange::Changed;
  PosterPicker poster_;
  MediaTime earliest_next_{};
  MediaTime duration_{};
  bool has_failed_ = false;
  // Shared.
  std::atomic<std::int64_t> encoded_ = 0;
  std::atomic<std::int64_t> dropped_ = 0;
  std::atomic<Effort> wanted_effort_ = Effort::Full;
  Guarded<std::string> codec_;
  Guarded<std::optional<MediaTime>> end_;
  BoundedQueue<Job> queue_;
  NamedThread thread_;
};

}  // namespace meanwhile
