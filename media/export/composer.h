// Puts screen and camera into one picture, and knows how much of it changes.
#pragma once

#include <optional>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/export/fitted_picture.h"
#include "media/export/pixels.h"
#include "media/export/scene.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// Draws only what differs from the scene before. Thread: one at a time.
class Composer {
 public:
  // size: even. bt709: what the canvas's numbers mean, else BT.601; their range is the limited one.
  Composer(Size size, bool bt709);

  [[nodiscard]] Size size() const { return {canvas_->width, canvas_->height}; }
  // What part of the canvas compose() would draw, 0 to 1.
  [[nodiscard]] double changes(const Scene& scene) const;
  // Errors: Internal (pictures can't be scaled).
  Result<void> compose(const Scene& scene);
  // YUV420P; changed by compose().
  [[nodiscard]] AVFrame& canvas() { return *canvas_; }

 private:
  struct Layer {
    explicit Layer(ColourMeaning meaning) : fitted(meaning) {}
    std::optional<PlacedPicture> shown;
    FittedPicture fitted;
  };
  [[nodiscard]] bool is_rearranged(const Scene& scene) const;
  [[nodiscard]] static Rect changes(const Layer& layer, const std::optional<PlacedPicture>& placed);
  void clear();
  Result<void> draw_screen(const PlacedPicture& placed, const Rect& changed);
  Result<void> draw_camera(const PlacedPicture& placed);
  void keep_below(const Rect& place);
  const AVFrame& disc(int side);

  FramePtr canvas_;
  Layer screen_;
  Layer camera_;
  FramePtr below_;  // what is seen round the round camera
  FramePtr disc_;   // its shape: white where the camera is seen
};

}  // namespace meanwhile
