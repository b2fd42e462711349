// Puts screen and camera into one picture, with libavfilter.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// What goes in and what comes out. Sizes of the output are even.
struct CompositionPlan {
  Size canvas;
  Composition composition;
  std::optional<Size> screen;  // as they come in
  std::optional<Size> camera;
};

// The canvas that shows the pictures in their own size, if that isn't larger than longest_side.
CompositionPlan plan_composition(Layout layout, std::optional<Size> screen, std::optional<Size> camera,
                                 int longest_side);

// How a track's numbers mean colours.
struct ColourMeaning {
  bool bt709 = true;
  bool full_range = false;
};

// Thread: one at a time.
class Composer {
 public:
  // Errors: Internal (libavfilter lacks a filter).
  static Result<std::unique_ptr<Composer>> create(const CompositionPlan& plan, ColourMeaning screen,
                                                  ColourMeaning camera);

  // screen, camera: YUV420P in the plan's sizes, nullptr where the plan has none. Answers canvas-sized
  // YUV420P, BT.709, limited range. Errors: Internal.
  Result<FramePtr> compose(const AVFrame* screen, const AVFrame* camera);

 private:
  Composer() = default;
  Result<void> build(const std::string& description);
  Result<void> push(AVFilterContext* source, const AVFrame* frame);

  FilterGraphPtr graph_;
  AVFilterContext* screen_ = nullptr;  // these are owned by graph_
  AVFilterContext* camera_ = nullptr;
  AVFilterContext* mask_ = nullptr;
  AVFilterContext* sink_ = nullptr;
  FramePtr disc_;  // the bubble's shape: white where the camera is seen
  std::int64_t count_ = 0;
};

}  // namespace meanwhile
