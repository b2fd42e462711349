// One track's picture in the size and the colours of its place on the canvas.
#pragma once

#include <optional>

#include "media/base/layout.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/export/marked_picture.h"
#include "media/export/pixels.h"
#include "media/export/scene.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// How numbers mean colours.
struct ColourMeaning {
  bool bt709 = true;
  bool full_range = false;
  bool operator==(const ColourMeaning&) const = default;
};

ColourMeaning meaning_of(const Picture& picture);

// Keeps what it made last: what doesn't change costs nothing. Thread: one.
class FittedPicture {
 public:
  explicit FittedPicture(ColourMeaning canvas) : canvas_(canvas) {}

  // What of the canvas differs from what fit() gave last, which had the same place; even, within it. Looks at
  // each pixel of another picture: what was recorded says each second that nothing changed.
  [[nodiscard]] Rect changes(const PlacedPicture& placed) const;

  // As large as `to`; valid until the next call, as long as the picture lives. Errors: Internal.
  Result<PixelView> fit(const PlacedPicture& placed);

 private:
  Result<PixelView> scaled(const PixelView& source, ColourMeaning meaning, Size size);

  const ColourMeaning canvas_;
  std::optional<PlacedPicture> last_;
  MarkedPicture marked_;
  ScalerPtr scaler_;
  FramePtr scaled_;
};

}  // namespace meanwhile
