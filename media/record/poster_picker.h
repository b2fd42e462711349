// Chooses the frame that stands for a clip.
#pragma once

#include <chrono>
#include <utility>

#include "media/base/media_time.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// The frame of the first seconds with the most to see in it: what a person starts with is often an empty
// desktop or a black camera.
class PosterPicker {
 public:
  // Later frames are of no interest.
  static constexpr MediaTime kEarly = std::chrono::seconds(6);

  // frame: 8-bit planar YUV. Looks at a few frames a second at most, and at few of their pixels.
  void offer(const AVFrame& frame, MediaTime pts);
  bool is_done(MediaTime pts) const { return pts > kEarly; }
  // nullptr: nothing was offered.
  FramePtr take() { return std::move(best_); }

 private:
  static constexpr MediaTime kInterval = std::chrono::milliseconds(700);

  FramePtr best_;
  double best_score_ = -1;
  MediaTime next_{};
};

}  // namespace meanwhile
