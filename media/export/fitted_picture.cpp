#include "media/export/fitted_picture.h"

extern "C" {
#include <libavutil/pixfmt.h>
}

#include <algorithm>
#include <cmath>
#include <optional>

#include "media/base/layout.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/export/marked_picture.h"
#include "media/export/pixels.h"
#include "media/export/scene.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {
namespace {

// How far a changed pixel is seen, in pixels of whichever is the smaller: the picture or its place.
constexpr int kScalerReach = 4;

bool is_unscaled(const PlacedPicture& placed) {
  return placed.from.width == placed.to.width && placed.from.height == placed.to.height;
}

bool is_alike(const Picture& a, const Picture& b) {
  return a.width == b.width && a.height == b.height && meaning_of(a) == meaning_of(b);
}

Rect marked_area(const PlacedPicture& placed) {
  if (!placed.pointer) return {};
  return area_of(*placed.pointer, {placed.picture->width, placed.picture->height});
}

// Where an area of the picture is on the canvas.
Rect on_canvas(const PlacedPicture& placed, const Rect& area) {
  const Rect& from = placed.from;
  const Rect& to = placed.to;
  const double across = static_cast<double>(to.width) / from.width;
  const double down = static_cast<double>(to.height) / from.height;
  const int reach =
      is_unscaled(placed) ? 0 : static_cast<int>(std::ceil(kScalerReach * std::max({1.0, across, down})));
  const int left = static_cast<int>((area.x - from.x) * across) - reach;
  const int top = static_cast<int>((area.y - from.y) * down) - reach;
  const int right = static_cast<int>((area.x + area.width - from.x) * across) + reach + 1;
  const int bottom = static_cast<int>((area.y + area.height - from.y) * down) + reach + 1;
  const Rect inside = even_around({left, top, right - left, bottom - top}, {to.width, to.height});
  return {to.x + inside.x, to.y + inside.y, inside.width, inside.height};
}

}  // namespace

ColourMeaning meaning_of(const Picture& picture) {
  return {.bt709 = picture.bt709, .full_range = picture.full_range};
}

Rect FittedPicture::changes(const PlacedPicture& placed) const {
  if (!last_ || !is_same(placed.from, last_->from) || !is_alike(*placed.picture, *last_->picture))
    return placed.to;
  Rect changed;
  if (placed.picture != last_->picture)
    changed = difference(view_of(*placed.picture), view_of(*last_->picture));
  if (placed.pointer != last_->pointer)
    changed = united(changed, united(marked_area(placed), marked_area(*last_)));
  changed = intersected(changed, placed.from);
  return is_empty(changed) ? Rect{} : on_canvas(placed, changed);
}

Result<PixelView> FittedPicture::fit(const PlacedPicture& placed) {
  last_ = placed;
  const Picture& picture = *placed.picture;
  const PixelView whole =
      placed.pointer ? view_of(marked_.draw(placed.picture, *placed.pointer)) : view_of(picture);
  const PixelView source = part_of(whole, placed.from);
  if (is_unscaled(placed) && meaning_of(picture) == canvas_) return source;
  return scaled(source, meaning_of(picture), {placed.to.width, placed.to.height});
}

Result<PixelView> FittedPicture::scaled(const PixelView& source, ColourMeaning meaning, Size size) {
  scaler_.reset(sws_getCachedContext(scaler_.release(), source.size.width, source.size.height,
                                     AV_PIX_FMT_YUV420P, size.width, size.height, AV_PIX_FMT_YUV420P,
                                     SWS_BICUBIC, nullptr, nullptr, nullptr));
  const auto matrix = [](ColourMeaning of) {
    return sws_getCoefficients(of.bt709 ? SWS_CS_ITU709 : SWS_CS_ITU601);
  };
  constexpr int kOne = 1 << 16;  // of contrast and saturation: as they are
  if (!scaler_ || sws_setColorspaceDetails(scaler_.get(), matrix(meaning), meaning.full_range ? 1 : 0,
                                           matrix(canvas_), canvas_.full_range ? 1 : 0, 0, kOne, kOne) < 0)
    return fail(ErrorCode::Internal, tr("scaling a picture"));
  if (!scaled_ || scaled_->width != size.width || scaled_->height != size.height)
    scaled_ = make_picture_frame(size);
  sws_scale(scaler_.get(), source.planes.data(), source.strides.data(), 0, source.size.height, scaled_->data,
            scaled_->linesize);
  return view_of(*scaled_);
}

}  // namespace meanwhile
