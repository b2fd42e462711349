#include "app/ui/widgets/drawing_layer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "app/library/drawing.h"
#include "app/library/format.h"
#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/ui/actions/answer_actions.h"
#include "app/ui/answers_shown.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/stage.h"
#include "app/ui/widgets/text_field.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// Nearer ones add nothing that is seen.
constexpr int kSimplifyBy = 12;
// A press that hardly moved is no arrow and no box.
constexpr int kShortest = 60;

struct Tool {
  ShapeKind kind;
  Icon icon;
  const char* tip;
};
// TRANSLATORS: tools to draw with
constexpr std::array<Tool, 4> kTools{{{ShapeKind::Pen, icons::kDraw, tr_later("Pen")},
                                      {ShapeKind::Arrow, icons::kArrow, tr_later("Arrow")},
                                      {ShapeKind::Box, icons::kBox, tr_later("Box")},
                                      {ShapeKind::Text, icons::kText, tr_later("Text")}}};
// In ShapeColor's order.
// TRANSLATORS: colours to draw with
constexpr std::array<const char*, 6> kColorWords{tr_later("red"),  tr_later("yellow"), tr_later("green"),
                                                 tr_later("blue"), tr_later("white"),  tr_later("black")};

int units(float share) {
  return int(std::lround(std::clamp(share, 0.0F, 1.0F) * kShapeUnit));
}

ShapePoint point_at(const ScreenPlace& screen, ImVec2 mouse) {
  const ImVec2 share = from_window(screen, mouse);
  return {units(share.x), units(share.y)};
}

bool is_long_enough(const Shape& shape) {
  if (shape.kind == ShapeKind::Pen) return true;
  const ShapePoint& a = shape.points.front();
  const ShapePoint& b = shape.points.back();
  return std::abs(a.x - b.x) + std::abs(a.y - b.y) >= kShortest;
}

void draw_colors(View& view, Box& row) {
  Pen& pen = view.pen;
  for (std::size_t i = 0; i < kColorWords.size(); ++i) {
    const auto color = ShapeColor(i);
    const std::string_view words = tr(kColorWords[i]);
    const std::string name = fmt::format("draw/{}", color_name(color));
    const Box box = row.cut_left(pen.px(26));
    const bool is_on = view.state.watch.answers.color == color;
    const Response response =
        pen.input.part(name, box, {.role = AccessibleRole::Choice, .name = words, .is_on = is_on});
    if (is_on) pen.disc(box.middle(), pen.px(11), pen.theme.text);
    if (is_on) pen.disc(box.middle(), pen.px(9.5F), pen.theme.surface);
    pen.disc(box.middle(), pen.px(7.5F + response.glow), pen.theme.strong_border);
    pen.disc(box.middle(), pen.px(6.5F + response.glow), shape_color(color));
    if (response.is_focused) pen.ring(box, 6);
    pen.tooltip(name, box, words);
    if (response.is_clicked) view.actions.answers.choose_color(color);
  }
}

}  // namespace

void DrawingLayer::draw(View& view, const Box& picture, const std::optional<ScreenPlace>& screen,
                        const std::string& pointed_at) {
  if (!view.state.watch.answers.is_drawing) {
    stroke_.reset();
    finish_text(view);
  }
  if (!screen) return;
  for (const Drawing* drawing : shown_drawings(view.state.watch, pointed_at))
    draw_shapes(view.pen, *screen, *drawing);
  if (!view.state.watch.answers.is_drawing) return;
  take_strokes(view, *screen);
  if (stroke_) draw_shapes(view.pen, *screen, {*stroke_});
  draw_text_being_typed(view, *screen);
  draw_tools(view, picture);
}

void DrawingLayer::take_strokes(View& view, const ScreenPlace& screen) {
  const Response response = view.pen.input.part("drawing", screen.seen, Focus::Skips);
  if (response.is_hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  const ShapePoint here = point_at(screen, ImGui::GetIO().MousePos);
  const AnswerState& answers = view.state.watch.answers;
  if (response.is_held && !stroke_ && answers.tool != ShapeKind::Text) {
    const ShapePoint begun = point_at(screen, ImGui::GetIO().MouseClickedPos[0]);
    stroke_ = Shape{.kind = answers.tool, .color = answers.color, .points = {begun, here}};
  } else if (response.is_held && stroke_) {
    if (stroke_->kind != ShapeKind::Pen)
      stroke_->points.back() = here;
    else if (stroke_->points.back() != here && stroke_->points.size() < kMostShapePoints)
      stroke_->points.push_back(here);
  } else if (stroke_) {
    finish_stroke(view);
  }
  if (!response.is_clicked || answers.tool != ShapeKind::Text) return;
  finish_text(view);
  text_ = Shape{.kind = ShapeKind::Text, .color = answers.color, .points = {here}};
  text_is_new_ = true;
}

void DrawingLayer::finish_stroke(View& view) {
  Shape shape = std::move(*std::exchange(stroke_, std::nullopt));
  if (shape.kind == ShapeKind::Pen) shape.points = simplified(shape.points, kSimplifyBy);
  if (is_long_enough(shape)) view.actions.answers.add_shape(shape);
}

void DrawingLayer::finish_text(View& view) {
  const auto text = std::exchange(text_, std::nullopt);
  if (text && text->text.find_first_not_of(' ') != std::string::npos) view.actions.answers.add_shape(*text);
}

void DrawingLayer::draw_text_being_typed(View& view, const ScreenPlace& screen) {
  if (!text_) return;
  Pen& pen = view.pen;
  const ImVec2 at = to_window(
      screen, ImVec2(float(text_->points[0].x) / kShapeUnit, float(text_->points[0].y) / kShapeUnit));
  const float width = std::min(pen.px(240), std::max(pen.px(120), screen.seen.right - at.x));
  const Box box = box_at(std::min(at.x, screen.seen.right - width), at.y, width, pen.px(kControlHeight));
  const bool is_new = std::exchange(text_is_new_, false);
  const TextFieldResponse typed = draw_text_field(pen, box,
                                                  {.name = "draw/words",
                                                   .text = text_->text,
                                                   .hint = tr("Enter places it"),
                                                   .spoken = tr("Words on the picture"),
                                                   .takes_focus = is_new});
  if (typed.edited) text_->text = utf8_prefix(*typed.edited, kLongestShapeText);
  if (typed.is_submitted) finish_text(view);
}

void DrawingLayer::draw_tools(View& view, const Box& picture) {
  Pen& pen = view.pen;
  AnswerActions& answers = view.actions.answers;
  const float width = pen.px(4 * 36 + 6 * 26 + 2 * 36 + 44);
  const Box bar =
      box_at(std::round(picture.middle().x - width / 2), picture.top + pen.px(12), width, pen.px(44));
  pen.shadow(bar, 10);
  pen.fill(bar, pen.theme.surface, 10);
  pen.outline(bar, pen.theme.border, 10);
  pen.input.part("draw/ground", bar, Focus::Skips);
  Box row = bar.inset(pen.px(6), 0);
  const auto button = [&](std::string_view name, Icon icon, std::string_view tip, std::string_view shortcut,
                          bool is_on) {
    const Box box = row.cut_left(pen.px(36)).centered(pen.px(32), pen.px(32));
    return draw_icon_button(pen, box,
                            {.name = name, .icon = icon, .tip = tip, .shortcut = shortcut, .is_on = is_on});
  };
  for (const Tool& tool : kTools) {
    const std::string name = fmt::format("draw/{}", shape_name(tool.kind));
    if (button(name, tool.icon, tr(tool.tip), "", view.state.watch.answers.tool == tool.kind))
      answers.choose_tool(tool.kind);
  }
  row.cut_left(pen.px(10));
  draw_colors(view, row);
  row.cut_left(pen.px(10));
  if (button("draw/undo", icons::kUndo, tr("Take the last stroke back"), tr("Ctrl+Z"), false))
    answers.undo_shape();
  if (button("draw/done", icons::kCheck, tr("Done: write what you mean"), tr("Esc"), false))
    answers.set_drawing(false);
}

}  // namespace meanwhile
