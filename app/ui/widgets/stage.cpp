#include "app/ui/widgets/stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace meanwhile {
namespace {

std::optional<Size> size_of(const PicturePtr& picture) {
  if (!picture) return std::nullopt;
  return Size{picture->width, picture->height};
}

Box box_of(const Box& area, const Rect& rect) {
  return box_at(area.left + float(rect.x), area.top + float(rect.y), float(rect.width), float(rect.height));
}

// Nothing is known of the pointer's looks: an arrow everyone knows, black with a white edge.
void draw_arrow(ImDrawList& list, ImVec2 tip, float unit) {
  const std::array<ImVec2, 7> shape{
      {{0, 0}, {0, 16}, {3.8F, 12.4F}, {6.4F, 18}, {8.9F, 16.9F}, {6.4F, 11.4F}, {11.5F, 11}}};
  std::array<ImVec2, 7> points{};
  for (std::size_t i = 0; i < shape.size(); ++i)
    points[i] = ImVec2(tip.x + shape[i].x * unit, tip.y + shape[i].y * unit);
  list.AddTriangleFilled(points[0], points[1], points[6], IM_COL32_BLACK);
  list.AddQuadFilled(points[2], points[3], points[4], points[5], IM_COL32_BLACK);
  list.AddPolyline(points.data(), int(points.size()), IM_COL32_WHITE, 1 /* closed */, unit);
}

void draw_pointer(Pen& pen, const ScreenPlace& screen, const Picture& picture, std::string_view slot,
                  const PointerView& view) {
  const float zoom = screen.whole.width() / float(picture.width);
  const ImVec2 at = to_window(screen, ImVec2(float(view.moment.x) / float(picture.width),
                                             float(view.moment.y) / float(picture.height)));
  pen.list().PushClipRect(screen.seen.min(), screen.seen.max(), true);
  if (view.moment.buttons != 0) pen.disc(at, pen.px(16), faded(pen.theme.accent, 0.45F));
  // Smaller than the picture would make it, it couldn't be seen any more.
  const float size = std::max(zoom, 0.7F);
  const PointerImage* image = view.image;
  const auto name = fmt::format("{}/pointer/{}", slot, view.moment.shape);
  const ImTextureID texture =
      image != nullptr ? pen.painter.image(name, image->width, image->height, image->rgba, 1) : ImTextureID{};
  if (texture) {
    const ImVec2 corner(at.x - float(image->hot_x) * size, at.y - float(image->hot_y) * size);
    pen.list().AddImage(
        texture, corner,
        ImVec2(corner.x + float(image->width) * size, corner.y + float(image->height) * size));
  } else {
    draw_arrow(pen.list(), at, std::max(size, 1.0F) * pen.painter.scale());
  }
  pen.list().PopClipRect();
}

void draw_bubble(Pen& pen, const Box& box, std::string_view slot, const PicturePtr& camera) {
  pen.disc(box.middle(), box.width() / 2 + pen.px(3), IM_COL32(255, 255, 255, 235));
  pen.round_picture(box, slot, camera);
}

Composition composition_of(Pen& pen, const Box& box, const Stage& stage) {
  const Size area{int(box.width()), int(box.height())};
  return compose(stage.layout, area, size_of(stage.screen), size_of(stage.camera), int(pen.px(12)));
}

}  // namespace

std::optional<ScreenPlace> screen_place(Pen& pen, const Box& box, const Stage& stage) {
  const Composition places = composition_of(pen, box, stage);
  if (!places.screen || !stage.screen) return std::nullopt;
  const Box screen = box_of(box, *places.screen);
  return ScreenPlace{.whole = screen, .seen = screen};
}

ImVec2 to_window(const ScreenPlace& place, ImVec2 share) {
  return {place.whole.left + share.x * place.whole.width(), place.whole.top + share.y * place.whole.height()};
}

ImVec2 from_window(const ScreenPlace& place, ImVec2 point) {
  return {(point.x - place.whole.left) / std::max(1.0F, place.whole.width()),
          (point.y - place.whole.top) / std::max(1.0F, place.whole.height())};
}

void draw_stage(Pen& pen, const Box& box, const Stage& stage) {
  const Composition places = composition_of(pen, box, stage);
  if (const auto screen = screen_place(pen, box, stage)) {
    pen.picture(screen->whole, fmt::format("{}/screen", stage.slot), stage.screen, 8, stage.behind);
    if (stage.pointer) draw_pointer(pen, *screen, *stage.screen, stage.slot, *stage.pointer);
  }
  if (!places.camera || !stage.camera) return;
  const Box camera = box_of(box, *places.camera);
  const std::string slot = fmt::format("{}/camera", stage.slot);
  if (places.camera_is_round)
    draw_bubble(pen, camera, slot, stage.camera);
  else
    pen.picture(camera, slot, stage.camera, 8, stage.behind);
}

}  // namespace meanwhile
