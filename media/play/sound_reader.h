// The sound of one track from any moment on, as stereo at 48 kHz without gaps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/play/decoder.h"
#include "media/play/track_demuxer.h"

namespace meanwhile {

constexpr int kSoundRate = 48'000;
constexpr int kSoundChannels = 2;

constexpr MediaTime sound_duration(std::int64_t frames) {
  return MediaTime(frames * 1'000'000 / kSoundRate);
}
constexpr std::int64_t sound_frames(MediaTime time) {
  return time.count() * kSoundRate / 1'000'000;
}

// A frame of sound is a sample for each ear. Thread: one at a time.
class SoundReader {
 public:
  // Stands at 0. Errors: as TrackDemuxer::open and Decoder::open; Corrupt (no sound).
  static Result<std::unique_ptr<SoundReader>> open(std::shared_ptr<ByteSource> track);

  // The next sample read is the one at time. Errors: the source's.
  Result<void> seek(MediaTime time);
  // Fills interleaved stereo, silence where the track has a gap; answers the number of frames, fewer only at
  // the end. Errors: Aborted, and the source's. Damage is passed over (silence).
  Result<std::size_t> read(std::span<float> into);

  [[nodiscard]] bool is_damaged() const { return is_damaged_; }
  Result<MediaTime> end() { return demuxer_->end(); }

 private:
  SoundReader(std::unique_ptr<TrackDemuxer> demuxer, std::unique_ptr<Decoder> decoder)
      : demuxer_(std::move(demuxer)), decoder_(std::move(decoder)) {}
  std::size_t take(std::span<float> into);
  Result<bool> decode_more();
  Result<void> feed();
  bool prepare_resampler(const AVFrame& frame);
  void convert(const AVFrame& frame);
  void place(MediaTime at, std::vector<float> samples);

  const std::unique_ptr<TrackDemuxer> demuxer_;
  const std::unique_ptr<Decoder> decoder_;
  ResamplerPtr resampler_;
  int input_rate_ = 0;
  int input_format_ = -1;
  int input_channels_ = 0;
  std::int64_t position_ = 0;  // the frame of the clip that comes next
  std::int64_t silence_ = 0;   // floats of silence before ready_
  std::vector<float> ready_;
  std::size_t taken_ = 0;   // of ready_, in floats
  bool is_placed_ = false;  // since the last seek
  bool is_drained_ = false;
  bool is_damaged_ = false;
};

}  // namespace meanwhile
