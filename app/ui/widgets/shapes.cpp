// How a drawing's shapes look.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "app/library/drawing.h"
#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/pen.h"
#include "app/ui/widgets/drawing_layer.h"
#include "app/ui/widgets/stage.h"

namespace meanwhile {
namespace {

constexpr std::array<ImU32, 6> kColors{IM_COL32(0xF0, 0x3E, 0x3E, 255), IM_COL32(0xFF, 0xD4, 0x3B, 255),
                                       IM_COL32(0x2F, 0xB3, 0x44, 255), IM_COL32(0x33, 0x8E, 0xF7, 255),
                                       IM_COL32(0xFF, 0xFF, 0xFF, 255), IM_COL32(0x14, 0x15, 0x1C, 255)};

struct Brush {
  ImU32 color;
  ImU32 edge;  // around it, so that it is seen on its own colour
  float width;
};

Brush brush_of(Pen& pen, const ScreenPlace& screen, const Shape& shape) {
  const float width = std::max(pen.px(2), float(shape.width) / kShapeUnit * screen.whole.width());
  const bool is_dark = shape.color == ShapeColor::Black || shape.color == ShapeColor::Blue;
  return {shape_color(shape.color), is_dark ? IM_COL32(255, 255, 255, 150) : IM_COL32(0, 0, 0, 110), width};
}

ImVec2 place_of(const ScreenPlace& screen, const ShapePoint& point) {
  return to_window(screen, ImVec2(float(point.x) / kShapeUnit, float(point.y) / kShapeUnit));
}

std::vector<ImVec2> places_of(const ScreenPlace& screen, const Shape& shape) {
  std::vector<ImVec2> places;
  for (const ShapePoint& point : shape.points) places.push_back(place_of(screen, point));
  return places;
}

void draw_line(ImDrawList& list, const std::vector<ImVec2>& line, ImU32 color, float width) {
  for (const ImVec2& end : {line.front(), line.back()}) list.AddCircleFilled(end, width / 2, color);
  list.AddPolyline(line.data(), int(line.size()), color, 0, width);
}

void draw_with_edge(Pen& pen, const std::vector<ImVec2>& line, const Brush& brush) {
  draw_line(pen.list(), line, brush.edge, brush.width + pen.px(2));
  draw_line(pen.list(), line, brush.color, brush.width);
}

// The shaft ends where the head begins, so that its tip is sharp.
void draw_arrow(Pen& pen, ImVec2 tail, ImVec2 tip, const Brush& brush) {
  const float length = std::max(1.0F, std::hypot(tip.x - tail.x, tip.y - tail.y));
  const ImVec2 ahead((tip.x - tail.x) / length, (tip.y - tail.y) / length);
  const float head = std::min(length, brush.width * 4 + pen.px(6));
  const ImVec2 neck(tip.x - ahead.x * head, tip.y - ahead.y * head);
  const ImVec2 side(-ahead.y * head * 0.55F, ahead.x * head * 0.55F);
  draw_with_edge(pen, {tail, neck}, brush);
  const ImVec2 left(neck.x + side.x, neck.y + side.y);
  const ImVec2 right(neck.x - side.x, neck.y - side.y);
  pen.list().AddTriangleFilled(tip, left, right, brush.color);
  const std::array<ImVec2, 3> around{tip, left, right};
  pen.list().AddPolyline(around.data(), 3, brush.edge, 1 /* closed */, pen.px(1));
}

void draw_box(Pen& pen, ImVec2 a, ImVec2 b, const Brush& brush) {
  const Box box{std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
  pen.list().AddRect(box.min(), box.max(), brush.edge, pen.px(3), 0, brush.width + pen.px(2));
  pen.list().AddRect(box.min(), box.max(), brush.color, pen.px(3), 0, brush.width);
}

void draw_words(Pen& pen, ImVec2 at, const Shape& shape, const Brush& brush) {
  ImFont* font = pen.painter.font(TextStyle::Heading);
  const float height = std::max(pen.px(11), brush.width * kLetterWidths);
  const ImVec2 size = font->CalcTextSizeA(height, 1e9F, 0, shape.text.c_str());
  const Box ground = box_at(at.x, at.y, size.x, size.y).inset(-pen.px(5), -pen.px(3));
  const bool is_light = shape.color == ShapeColor::White || shape.color == ShapeColor::Yellow;
  pen.fill(ground, is_light ? IM_COL32(0, 0, 0, 190) : IM_COL32(255, 255, 255, 225), 4);
  pen.list().AddText(font, height, at, brush.color, shape.text.c_str());
}

void draw_shape(Pen& pen, const ScreenPlace& screen, const Shape& shape) {
  const std::vector<ImVec2> places = places_of(screen, shape);
  if (places.empty()) return;
  const Brush brush = brush_of(pen, screen, shape);
  switch (shape.kind) {
    case ShapeKind::Pen:
      return draw_with_edge(pen, places, brush);
    case ShapeKind::Arrow:
      return draw_arrow(pen, places.front(), places.back(), brush);
    case ShapeKind::Box:
      return draw_box(pen, places.front(), places.back(), brush);
    case ShapeKind::Text:
      return draw_words(pen, places.front(), shape, brush);
  }
}

}  // namespace

ImU32 shape_color(ShapeColor color) {
  return kColors[std::size_t(color)];
}

void draw_shapes(Pen& pen, const ScreenPlace& screen, const Drawing& drawing) {
  pen.list().PushClipRect(screen.seen.min(), screen.seen.max(), true);
  for (const Shape& shape : drawing) draw_shape(pen, screen, shape);
  pen.list().PopClipRect();
}

}  // namespace meanwhile
