// Makes speech faster or slower without changing its pitch.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "media/base/result.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// Interleaved stereo at 48 kHz in and out; n frames in become n / speed out. Thread: one at a time.
// Source: libavfilter's atempo (waveform similarity overlap-add), ffmpeg-filters "atempo".
class Tempo {
 public:
  // speed: kSlowestSpeed to kFastestSpeed. Forgets what it holds. Errors: Unsupported (a libavfilter without
  // atempo).
  Result<void> reset(double speed);
  void push(std::span<const float> samples);
  // No more will come: take() gives the rest.
  void finish();
  // Appends what is ready.
  void take(std::vector<float>& out);

 private:
  void push_frame(AVFrame* frame);

  bool is_through_ = true;  // at speed 1 nothing is changed
  std::vector<float> through_;
  FilterGraphPtr graph_;
  AVFilterContext* source_ = nullptr;  // owned by graph_
  AVFilterContext* sink_ = nullptr;    // owned by graph_
  std::int64_t pushed_ = 0;
};

}  // namespace meanwhile
