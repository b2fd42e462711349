// Any decoded sound as SampleSink wants it.
#pragma once

#include <cstdint>
#include <vector>

#include "media/base/result.h"
#include "media/base/thread_checker.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// One thread. Blocks of 20 ms, kSampleRate, planar floats; as many channels as there are stay as they are,
// more are mixed down.
class SampleConverter {
 public:
  // channels: 1 to kMostInputs.
  explicit SampleConverter(int channels)
      : channels_(channels), pending_(static_cast<std::size_t>(channels)) {}

  // Takes frame in. Its format may differ from the one before. Errors: Unsupported.
  Result<void> push(const AVFrame& frame);
  // The next whole block; nullptr: there is not enough yet.
  FramePtr take();
  // Samples at kSampleRate that are in but not out.
  std::int64_t held() const;

 private:
  Result<void> configure(const AVFrame& frame);
  bool is_configured_for(const AVFrame& frame) const;

  const int channels_;
  ResamplerPtr resampler_;
  FramePtr configured_;                      // without samples: the format
  std::vector<std::vector<float>> pending_;  // for each channel
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
