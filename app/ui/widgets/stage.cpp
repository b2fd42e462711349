#include "app/ui/widgets/stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "media/base/arrangement.h"
#include "media/base/layout.h"
#include "media/base/look.h"
#include "media/base/picture.h"
#include "media/play/pointer_image.h"
#include "media/play/pointer_track.h"

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

void draw_pointer(Pen& pen, const Box& screen, const Picture& picture, const Rect& shown,
                  std::string_view slot, const PointerView& view) {
  const float zoom = screen.width() / float(picture.width);
  const ImVec2 at(screen.left + float(view.moment.x - shown.x) * zoom,
                  screen.top + float(view.moment.y - shown.y) * zoom);
  pen.list().PushClipRect(screen.min(), screen.max(), true);
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

constexpr float kMotionSeconds = 0.16F;
constexpr std::chrono::milliseconds kMotionFrame{16};

void draw_bubble(Pen& pen, const Box& box, std::string_view slot, const PicturePtr& camera) {
  pen.disc(box.middle(), box.width() / 2 + pen.px(3), IM_COL32(255, 255, 255, 235));
  pen.round_picture(box, slot, camera);
}

void draw_card(Pen& pen, const Box& box, const TitleCard& card) {
  Box words = box.centered(box.width() * 0.8F, pen.px(84));
  pen.text(words.cut_top(pen.px(48)), TextStyle::Title, IM_COL32_WHITE, card.title, Align::Center);
  if (!card.text.empty())
    pen.text(words, TextStyle::Body, IM_COL32(255, 255, 255, 190), card.text, Align::Center);
}

// It points into the arrangement: no copy of one.
Look look_of(const Pen& pen, const Box& box, const Stage& stage) {
  static const Arrangement kAsItWasRecorded;
  const Arrangement& arrangement = stage.arrangement ? *stage.arrangement : kAsItWasRecorded;
  const Size area{int(box.width()), int(box.height())};
  return look_at(arrangement, stage.moment, {stage.layout, stage.is_layout_chosen},
                 {area, int(pen.px(kStageGap)), stage.camera_share}, size_of(stage.screen),
                 size_of(stage.camera));
}

}  // namespace

ScreenPlace screen_place(const Box& seen, const Picture& track, const Rect& shown) {
  if (shown.width <= 0) return {.whole = seen, .seen = seen};
  const float zoom = seen.width() / float(shown.width);
  return {.whole = box_at(seen.left - float(shown.x) * zoom, seen.top - float(shown.y) * zoom,
                          float(track.width) * zoom, float(track.height) * zoom),
          .seen = seen};
}

ImVec2 to_window(const ScreenPlace& place, ImVec2 share) {
  return {place.whole.left + share.x * place.whole.width(), place.whole.top + share.y * place.whole.height()};
}

ImVec2 from_window(const ScreenPlace& place, ImVec2 point) {
  return {(point.x - place.whole.left) / std::max(1.0F, place.whole.width()),
          (point.y - place.whole.top) / std::max(1.0F, place.whole.height())};
}

Composition StageMotion::step(Layout layout, const Composition& target, float seconds) {
  if (layout_ && *layout_ != layout) {
    from_ = now_;
    progress_ = 0;
  }
  layout_ = layout;
  progress_ = std::min(1.0F, progress_ + seconds / kMotionSeconds);
  const float left = 1 - progress_;
  const float eased = 1 - left * left * left;
  now_ = is_moving() ? between(from_, target, eased) : target;
  return now_;
}

std::optional<Box> face_place(const Pen& pen, const Box& box, const Stage& stage) {
  const Composition places = look_of(pen, box, stage).places;
  if (!places.camera || !places.screen) return std::nullopt;
  return box_of(box, *places.camera);
}

std::optional<Box> draw_stage(Pen& pen, const Box& box, const Stage& stage) {
  const KeptDirection kept = pen.keep_direction(box);
  const Look look = look_of(pen, box, stage);
  if (look.card) return draw_card(pen, box, *look.card), std::nullopt;
  Composition places = look.places;
  if (stage.motion) {
    places = stage.motion->step(stage.layout, places, ImGui::GetIO().DeltaTime);
    if (stage.motion->is_moving()) pen.painter.redraw_after(kMotionFrame);
  }
  std::optional<Box> screen;
  if (places.screen && stage.screen) {
    screen = box_of(box, *places.screen);
    pen.picture(*screen, fmt::format("{}/screen", stage.slot), stage.screen, 8, stage.behind);
    if (stage.pointer) draw_pointer(pen, *screen, *stage.screen, stage.shown, stage.slot, *stage.pointer);
  }
  if (!places.camera || !stage.camera) return screen;
  const Box camera = box_of(box, *places.camera);
  const std::string slot = fmt::format("{}/camera", stage.slot);
  if (places.camera_is_round)
    draw_bubble(pen, camera, slot, stage.camera);
  else
    pen.picture(camera, slot, stage.camera, 8, stage.behind);
  return screen;
}

}  // namespace meanwhile
