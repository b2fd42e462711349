// Encodes one sound track to AAC and writes it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "media/base/bounded_queue.h"
#include "media/base/guarded.h"
#include "media/base/media_time.h"
#include "media/base/named_thread.h"
#include "media/base/result.h"
#include "media/ffmpeg/owners.h"
#include "media/record/drift_corrector.h"
#include "media/record/loudness_meter.h"
#include "media/record/track_writer.h"
#include "media/record/video_encoder.h"
#include "media/record/waveform.h"

namespace meanwhile {

// Where a track goes on whose end was taken back.
struct SoundBefore {
  std::optional<MediaTime> end;  // nullopt: there is none: it begins at 0, with silence until its first block
  Waveform waveform = {};        // up to there
  LoudnessMeter loudness = {};   // likewise
};

// Owns the thread "aenc-<track>". Never drops a sample; one track's sound is gapless from its first block on.
// A packet's pts in the file is the time of the sound that a decoder gives for it: the encoder's 1024 samples
// of priming are taken off, so that no edit list is needed.
class AudioEncoder {
 public:
  // on_failure: called once, on the encoder's thread; what is pushed afterwards is dropped.
  AudioEncoder(std::string track, OpenTrack open, std::function<void(const Error&)> on_failure,
               SoundBefore before = {});
  ~AudioEncoder();

  // samples: FLTP, 48 kHz, always the same channels; at: of the first sample, since the take began. Blocks
  // only when the encoder is a minute behind.
  void push(FramePtr samples, MediaTime at);
  // What was encoded goes to the disk now.
  void flush();
  // Drains, ends the thread.
  void finish();
  // Drops what is queued. Ends the thread.
  void cancel();

  // Any thread.
  std::int64_t packets() const { return packets_; }
  std::string codec() const { return codec_.copy(); }
  // The longest hole that was filled with silence.
  MediaTime longest_gap() const { return MediaTime(longest_gap_us_); }
  // How much longer the sound was made to stay in step (below 0: shorter).
  MediaTime stretched() const { return MediaTime(stretched_us_); }
  // After finish().
  MediaTime duration() const { return duration_; }
  const Waveform& waveform() const { return waveform_; }
  Waveform take_waveform() { return std::move(waveform_); }
  LoudnessMeter take_loudness() { return std::move(loudness_); }

 private:
  struct Job {
    FramePtr samples;  // nullptr: flush
    MediaTime at{};
  };

  void work();
  Result<void> handle(Job job);
  Result<void> open(const AVFrame& first);
  void note_correction();
  Result<void> encode_whole_frames();
  Result<void> encode_front(std::size_t samples);
  Result<void> receive_packets();
  Result<void> drain();

  const std::string track_;
  const OpenTrack open_;
  const std::function<void(const Error&)> on_failure_;
  const std::int64_t first_sample_;  // where the track goes on; a new one begins at 0
  // Only the encoder's thread, until it is joined.
  CodecContextPtr context_;
  std::unique_ptr<TrackWriter> writer_;
  std::optional<DriftCorrector> corrector_;
  PlanarSamples pending_;
  std::int64_t encoded_samples_ = 0;
  Waveform waveform_;
  LoudnessMeter loudness_;
  MediaTime duration_{};
  bool has_failed_ = false;
  // Shared.
  std::atomic<std::int64_t> packets_ = 0;
  std::atomic<std::int64_t> longest_gap_us_ = 0;
  std::atomic<std::int64_t> stretched_us_ = 0;
  Guarded<std::string> codec_;
  BoundedQueue<Job> queue_;
  NamedThread thread_;
};

}  // namespace meanwhile
