#include "media/export/scene_layout.h"

#include <algorithm>
#include <optional>

#include "media/base/layout.h"
#include "media/base/picture.h"
#include "media/export/scene.h"

namespace meanwhile {
namespace {

constexpr int kGap = 16;
// Beside the screen the camera gets a third of the screen's width: the screen keeps its own size.
constexpr int kScreenParts = 3;

int even(double value) {
  return std::max(2, static_cast<int>(value / 2 + 0.5) * 2);
}
int even_down(int value) {
  return value / 2 * 2;
}

// libx264 and chroma planes want even numbers; the rectangle stays within the canvas.
Rect even(const Rect& rect) {
  return {even_down(rect.x), even_down(rect.y), std::max(2, even_down(rect.width)),
          std::max(2, even_down(rect.height))};
}

Size natural_canvas(Layout layout, std::optional<Size> screen, std::optional<Size> camera) {
  if (!screen || (layout == Layout::Camera && camera)) return *camera;
  if (!camera || layout != Layout::SideBySide) return *screen;
  return {screen->width + screen->width / kScreenParts, screen->height};
}

std::optional<Size> size_of(const PicturePtr& picture) {
  if (!picture || picture->width <= 0) return std::nullopt;
  return Size{picture->width, picture->height};
}

Rect middle_square(const Picture& picture) {
  const int side = std::min(picture.width, picture.height);
  return {even_down((picture.width - side) / 2), even_down((picture.height - side) / 2), side, side};
}

PlacedPicture placed(const PicturePtr& picture, const Rect& place, bool is_round) {
  return {.picture = picture,
          .from = is_round ? middle_square(*picture) : Rect{0, 0, picture->width, picture->height},
          .to = even(place),
          .is_round = is_round};
}

}  // namespace

Size canvas_for(Layout layout, std::optional<Size> screen, std::optional<Size> camera, int longest_side) {
  const Size natural = natural_canvas(layout, screen, camera);
  const double scale =
      std::min(1.0, static_cast<double>(longest_side) / std::max(natural.width, natural.height));
  return {even(natural.width * scale), even(natural.height * scale)};
}

Scene lay_out(Layout layout, Size canvas, const PicturePtr& screen, const PicturePtr& camera) {
  const Composition composition = compose(layout, canvas, size_of(screen), size_of(camera), kGap);
  Scene scene;
  if (composition.screen) scene.screen = placed(screen, *composition.screen, false);
  if (composition.camera) scene.camera = placed(camera, *composition.camera, composition.camera_is_round);
  return scene;
}

}  // namespace meanwhile
