// Where the pictures of an export go on its canvas.
#pragma once

#include <optional>

#include "media/base/layout.h"
#include "media/base/look.h"
#include "media/base/picture.h"
#include "media/export/scene.h"

namespace meanwhile {

// Shows the pictures in their own size, if that isn't larger than longest_side. Even. One of them is there.
Size canvas_for(Layout layout, std::optional<Size> screen, std::optional<Size> camera, int longest_side);

// What is there to be placed at a moment.
struct SceneContent {
  PicturePtr screen;  // nullptr, or one without a width: there is nothing to be seen of that track now
  PicturePtr camera;
  std::optional<PointerMark> pointer = {};
};

// A picture that the look leaves out isn't in the scene.
Scene lay_out(const Look& look, const SceneContent& content);
// Where look_at() and compose() may place pictures.
LookArea look_area(Size canvas);
std::optional<Size> size_of(const PicturePtr& picture);

}  // namespace meanwhile
