// A foreign file's sound as a take has it.
#pragma once

#include <vector>

#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

struct FileSamples {
  MediaTime at{};              // of the first, in the file's time
  std::vector<float> samples;  // all of one channel, then all of the next
};

// Converts any sound to kFileSampleRate and one or two channels, whatever the file goes over to. One thread.
class FileSound {
 public:
  FileSound(int channels, AVRational time_base) : channels_(channels), time_base_(time_base) {}

  // A frame without a pts follows the one before. Errors: Unsupported.
  Result<void> push(const AVFrame& frame, std::vector<FileSamples>& out);
  Result<void> finish(std::vector<FileSamples>& out);

 private:
  [[nodiscard]] bool is_for(const AVFrame& frame) const;
  Result<void> build(const AVFrame& frame);
  Result<void> convert(const AVFrame* frame, MediaTime at, std::vector<FileSamples>& out);

  const int channels_;
  const AVRational time_base_;
  ResamplerPtr resampler_;
  FramePtr form_;   // without samples: what the resampler is for
  MediaTime next_;  // where a frame without a time begins
};

}  // namespace meanwhile
