// What an export shows at a moment.
#pragma once

#include <optional>

#include "media/base/layout.h"
#include "media/base/picture.h"
#include "media/play/pointer_image.h"

namespace meanwhile {

struct PointerMark {
  int x = 0;  // pixels of the picture
  int y = 0;
  const PointerImage* image = nullptr;  // outlives the export
  bool is_pressed = false;
  bool operator==(const PointerMark&) const = default;
};

struct PlacedPicture {
  PicturePtr picture;
  Rect from;              // of the picture; begins at even numbers
  Rect to;                // within the canvas; even
  bool is_round = false;  // the disc inscribed in `to`
  std::optional<PointerMark> pointer = {};
};

// The camera is drawn over the screen.
struct Scene {
  std::optional<PlacedPicture> screen;
  std::optional<PlacedPicture> camera;
};

}  // namespace meanwhile
