// Puts screen and camera into one picture, and knows how much of it changes.
#pragma once

#include <optional>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/export/fitted_picture.h"
#include "media/export/scene.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// Draws only what differs from the scene before. Thread: one at a time.
class Composer {
 public:
  // size: even. bt709: what the canvas's numbers mean, else BT.601; their range is the limited one.
  Composer(Size size, bool bt709);

  [[nodiscard]] Size size() const { return {canvas_->width, canvas_->height}; }
  // The next scene. Answers what part of the canvas draw() will draw anew for it, 0 to 1.
  double prepare(const Scene& scene);
  // Errors: Internal (pictures can't be scaled).
  Result<void> draw();
  // YUV420P; changed by draw().
  [[nodiscard]] AVFrame& canvas() { return *canvas_; }

 private:
  struct Layer {
    explicit Layer(ColourMeaning meaning) : fitted(meaning) {}
    // Whether it goes to another place than it has.
    [[nodiscard]] bool moves(const std::optional<PlacedPicture>& placed) const;
    void prepare(const std::optional<PlacedPicture>& placed, bool is_cleared);

    std::optional<PlacedPicture> shown;
    Rect changed;  // of the canvas, since it was drawn
    FittedPicture fitted;
  };
  void clear();
  [[nodiscard]] bool is_below_camera(const Rect& area) const;
  Result<void> draw_screen(const PlacedPicture& placed, const Rect& changed);
  Result<void> draw_camera(const PlacedPicture& placed);
  void keep_below(const Rect& place);
  const AVFrame& disc(Size size);

  FramePtr canvas_;
  bool is_rearranged_ = false;  // nothing on the canvas stays
  Layer screen_;
  Layer camera_;
  FramePtr below_;  // what is seen round the round camera
  FramePtr disc_;   // its shape: white where the camera is seen
};

}  // namespace meanwhile
