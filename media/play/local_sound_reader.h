// Reads and decodes a track's sound in this process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/ffmpeg/owners.h"
#include "media/play/decoder.h"
#include "media/play/sound_reader.h"
#include "media/play/track_demuxer.h"

namespace meanwhile {

class LocalSoundReader final : public SoundReader {
 public:
  // Stands at 0. Errors: as TrackDemuxer::open and Decoder::open; Corrupt (no sound).
  static Result<std::unique_ptr<LocalSoundReader>> open(std::shared_ptr<ByteSource> track);

  Result<void> seek(MediaTime time) override;
  Result<std::size_t> read(std::span<float> into) override;
  Result<MediaTime> end() override { return demuxer_->end(); }
  [[nodiscard]] bool is_damaged() const override { return is_damaged_; }

 private:
  LocalSoundReader(std::unique_ptr<TrackDemuxer> demuxer, std::unique_ptr<Decoder> decoder)
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
