#include "app/ui/widgets/button.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/pen.h"
#include "app/ui/theme.h"

namespace meanwhile {
namespace {

constexpr float kRadius = 8;

struct Colors {
  ImU32 ground;
  ImU32 border;
  ImU32 words;
};

Colors colors_of(const Theme& theme, ButtonKind kind) {
  switch (kind) {
    case ButtonKind::Primary:
      return {theme.accent_fill, theme.accent_fill, theme.on_accent};
    case ButtonKind::Danger:
      return {theme.danger_fill, theme.danger_fill, theme.on_accent};
    case ButtonKind::Secondary:
      return {theme.surface, theme.strong_border, theme.text};
    case ButtonKind::Ghost:
      return {0, 0, theme.soft_text};
  }
  return {};
}

float padding(const Pen& pen) {
  return pen.px(14);
}
float icon_space(const Pen& pen, const Button& button) {
  return button.icon ? pen.painter.icon_height(IconSize::Small) + pen.px(8) : 0;
}

void draw_ground(Pen& pen, const Box& box, const Colors& colors, const Response& response) {
  pen.fill(box, colors.ground, kRadius);
  if (colors.border != colors.ground) pen.outline(box, colors.border, kRadius);
  pen.fill(box, faded(pen.theme.hover, response.glow), kRadius);
  if (response.is_held) pen.fill(box, pen.theme.pressed, kRadius);
  if (response.is_focused) pen.ring(box, kRadius);
}

void draw_content(Pen& pen, const Box& box, const Button& button, ImU32 color) {
  const float words = pen.text_width(TextStyle::BodyStrong, button.label);
  const float space = icon_space(pen, button);
  Box inside = box.inset(std::min(padding(pen), box.width() / 8), 0);
  inside = inside.centered(std::min(inside.width(), words + space), inside.height());
  if (button.icon) pen.icon(inside.cut_left(space - pen.px(8)), *button.icon, IconSize::Small, color);
  if (button.icon) inside.cut_left(pen.px(8));
  pen.text(inside, TextStyle::BodyStrong, color, button.label);
}

Spoken spoken_of(const Button& button) {
  return {.role = AccessibleRole::Button,
          .name = button.spoken.empty() ? button.label : button.spoken,
          .description = button.tip,
          .shortcut = button.shortcut,
          .is_enabled = button.is_enabled};
}

}  // namespace

float button_width(const Pen& pen, const Button& button) {
  return pen.text_width(TextStyle::BodyStrong, button.label) + icon_space(pen, button) + 2 * padding(pen);
}

bool draw_button(Pen& pen, const Box& box, const Button& button) {
  Colors colors = colors_of(pen.theme, button.kind);
  if (!button.is_enabled) {
    colors.ground = button.kind == ButtonKind::Ghost ? 0 : pen.theme.pressed;
    colors.border = colors.ground;
    colors.words = pen.theme.faint_text;
    pen.fill(box, colors.ground, kRadius);
    draw_content(pen, box, button, colors.words);
    pen.input.narration().add_part({.key = button.name, .box = box}, spoken_of(button));
    return false;
  }
  const Response response = pen.input.part(button.name, box, spoken_of(button));
  draw_ground(pen, box, colors, response);
  draw_content(pen, box, button, colors.words);
  if (!button.tip.empty()) pen.tooltip(button.name, box, button.tip, button.shortcut);
  return response.is_clicked;
}

bool draw_icon_button(Pen& pen, const Box& box, const IconButton& button) {
  const Response response =
      pen.input.part(button.name, box,
                     {.role = button.is_on ? AccessibleRole::Toggle : AccessibleRole::Button,
                      .name = button.spoken.empty() ? button.tip : button.spoken,
                      .shortcut = button.shortcut,
                      .is_on = button.is_on});
  const bool is_on = button.is_on.value_or(false);
  if (is_on) pen.fill(box, pen.theme.accent_tint, kRadius);
  pen.fill(box, faded(pen.theme.hover, response.glow), kRadius);
  if (response.is_held) pen.fill(box, pen.theme.pressed, kRadius);
  if (response.is_focused) pen.ring(box, kRadius);
  const ImU32 idle = is_on ? pen.theme.accent : pen.theme.soft_text;
  pen.icon(box, button.icon, button.size, mixed(idle, is_on ? idle : pen.theme.text, response.glow));
  pen.tooltip(button.name, box, button.tip, button.shortcut);
  return response.is_clicked;
}

float segments_width(const Pen& pen, const std::vector<std::string>& labels) {
  float width = pen.px(6);
  for (const std::string& label : labels) width += pen.text_width(TextStyle::BodyStrong, label) + pen.px(28);
  return width;
}

std::optional<int> draw_segments(Pen& pen, const Box& box, std::string_view name,
                                 const std::vector<std::string>& labels, int chosen) {
  const Theme& theme = pen.theme;
  pen.fill(box, theme.is_dark ? theme.sidebar : theme.stage, kRadius);
  if (theme.is_dark) pen.outline(box, theme.border, kRadius);
  Box inside = box.inset(pen.px(3));
  const float spare = inside.width() - segments_width(pen, labels) + pen.px(6);
  std::optional<int> pressed;
  const SpokenGroup group(pen.input.narration(), name, box, {.role = AccessibleRole::Group});
  for (int i = 0; i < int(labels.size()); ++i) {
    const float share =
        pen.text_width(TextStyle::BodyStrong, labels[i]) + pen.px(28) + spare / float(labels.size());
    const Box segment = inside.cut_left(share);
    const std::string part = fmt::format("{}/{}", name, i);
    const Response response = pen.input.part(
        part, segment, {.role = AccessibleRole::Choice, .name = labels[i], .is_on = i == chosen});
    if (i == chosen) {
      pen.fill(segment, theme.chosen, kRadius - 2);
      if (theme.has_high_contrast || !theme.is_dark)
        pen.outline(segment, theme.has_high_contrast ? theme.accent : theme.border, kRadius - 2);
    } else {
      pen.fill(segment, faded(theme.hover, response.glow), kRadius - 2);
    }
    pen.text(segment, TextStyle::BodyStrong, i == chosen ? theme.text : theme.soft_text, labels[i],
             Align::Center);
    if (response.is_focused) pen.ring(segment, kRadius - 2);
    if (response.is_clicked) pressed = i;
  }
  return pressed;
}

bool draw_switch(Pen& pen, const Box& box, std::string_view name, bool is_on, std::string_view tip) {
  const Response response =
      pen.input.part(name, box, {.role = AccessibleRole::Switch, .description = tip, .is_on = is_on});
  const Box track = box.centered(pen.px(36), pen.px(20));
  pen.fill(track, is_on ? pen.theme.accent_fill : pen.theme.strong_border, 10);
  pen.fill(track, faded(pen.theme.hover, response.glow), 10);
  const float x = is_on ? track.right - pen.px(10) : track.left + pen.px(10);
  const ImU32 knob = is_on                         ? pen.theme.on_accent
                     : pen.theme.has_high_contrast ? pen.theme.window
                                                   : IM_COL32_WHITE;
  pen.disc(ImVec2(x, track.middle().y), pen.px(7), knob);
  if (response.is_focused) pen.ring(track, 10);
  pen.tooltip(name, box, tip);
  return response.is_clicked;
}

bool draw_picker(Pen& pen, const Box& box, std::string_view name, std::optional<Icon> icon,
                 std::string_view value, std::string_view tip) {
  const Response response =
      pen.input.part(name, box, {.role = AccessibleRole::MenuButton, .value = value, .description = tip});
  pen.fill(box, pen.theme.field, kRadius);
  pen.fill(box, faded(pen.theme.hover, response.glow), kRadius);
  pen.outline(box, mixed(pen.theme.border, pen.theme.strong_border, response.glow), kRadius);
  if (response.is_focused) pen.ring(box, kRadius);
  Box inside = box.inset(pen.px(12), 0);
  pen.icon(inside.cut_right(pen.px(16)), icons::kDown, IconSize::Small, pen.theme.soft_text);
  inside.cut_right(pen.px(8));
  if (icon) {
    pen.icon(inside.cut_left(pen.px(20)), *icon, IconSize::Small, pen.theme.soft_text);
    inside.cut_left(pen.px(8));
  }
  pen.text(inside, TextStyle::Body, pen.theme.text, value);
  if (!tip.empty()) pen.tooltip(name, box, tip);
  return response.is_clicked;
}

}  // namespace meanwhile
