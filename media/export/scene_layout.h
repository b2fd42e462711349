// Where the pictures of an export go on its canvas.
#pragma once

#include <optional>

#include "media/base/layout.h"
#include "media/base/picture.h"
#include "media/export/scene.h"

namespace meanwhile {

// Shows the pictures in their own size, if that isn't larger than longest_side. Even. One of them is there.
Size canvas_for(Layout layout, std::optional<Size> screen, std::optional<Size> camera, int longest_side);

// nullptr, or one without a width: there is nothing to be seen of that track now. A picture that the layout
// leaves out isn't in the scene.
Scene lay_out(Layout layout, Size canvas, const PicturePtr& screen, const PicturePtr& camera);

}  // namespace meanwhile
