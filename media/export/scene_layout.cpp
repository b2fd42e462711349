#include "media/export/scene_layout.h"

#include <algorithm>
#include <optional>

#include "media/base/layout.h"
#include "media/base/look.h"
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

Rect middle_square(const Picture& picture) {
  const int side = std::min(picture.width, picture.height);
  return {even_down((picture.width - side) / 2), even_down((picture.height - side) / 2), side, side};
}

// Begins at even numbers, as the colours do.
Rect pixels_of(const PictureShare& share, const Picture& picture) {
  const int x = even_down(static_cast<int>(share.x * picture.width + 0.5));
  const int y = even_down(static_cast<int>(share.y * picture.height + 0.5));
  return {x, y, std::clamp(static_cast<int>(share.width * picture.width + 0.5), 2, picture.width - x),
          std::clamp(static_cast<int>(share.height * picture.height + 0.5), 2, picture.height - y)};
}

}  // namespace

Size canvas_for(Layout layout, std::optional<Size> screen, std::optional<Size> camera, int longest_side) {
  const Size natural = natural_canvas(layout, screen, camera);
  const double scale =
      std::min(1.0, static_cast<double>(longest_side) / std::max(natural.width, natural.height));
  return {even(natural.width * scale), even(natural.height * scale)};
}

LookArea look_area(Size canvas) {
  return {.size = canvas, .gap = kGap};
}

std::optional<Size> size_of(const PicturePtr& picture) {
  if (!picture || picture->width <= 0) return std::nullopt;
  return Size{picture->width, picture->height};
}

Scene lay_out(const Look& look, const SceneContent& content) {
  const Composition& places = look.places;
  Scene scene;
  if (places.screen)
    scene.screen = PlacedPicture{.picture = content.screen,
                                 .from = pixels_of(look.screen_part, *content.screen),
                                 .to = even(*places.screen),
                                 .pointer = content.pointer};
  if (places.camera)
    scene.camera = PlacedPicture{
        .picture = content.camera,
        .from = places.camera_is_round ? middle_square(*content.camera) : pixels_of({}, *content.camera),
        .to = even(*places.camera),
        .is_round = places.camera_is_round};
  return scene;
}

}  // namespace meanwhile
