#include "app/ui/widgets/captions.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/captions.h"
#include "app/ui/interaction.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/play_tools.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/text_field.h"
#include "media/base/media_time.h"

namespace meanwhile {
namespace {

constexpr std::size_t kMostFound = 8;
constexpr std::array<TextStyle, 3> kStyles{TextStyle::Body, TextStyle::Heading, TextStyle::Title};

ImU32 ground_of(CaptionGround ground) {
  switch (ground) {
    case CaptionGround::None:
      return 0;
    case CaptionGround::Shade:
      return IM_COL32(10, 11, 16, 190);
    case CaptionGround::Solid:
      return IM_COL32(10, 11, 16, 255);
  }
  return 0;
}

void draw_line(Pen& pen, const Box& box, TextStyle style, std::string_view line, CaptionGround ground) {
  if (ground == CaptionGround::None) {
    // A dark edge, so that it can be read on anything.
    for (const auto& [x, y] : {std::pair{1.F, 0.F}, {-1.F, 0.F}, {0.F, 1.F}, {0.F, -1.F}})
      pen.text(box.moved(x, y), style, IM_COL32_BLACK, line, Align::Center);
  }
  pen.text(box, style, IM_COL32_WHITE, line, Align::Center);
}

}  // namespace

void draw_caption(View& view, const Box& picture) {
  const PlayTools& tools = view.state.watch.tools;
  if (!tools.captions || !tools.caption_look.is_on) return;
  const std::string text = caption_at(*tools.captions, view.state.watch.player.position);
  if (text.empty()) return;
  Pen& pen = view.pen;
  const TextStyle style = kStyles[std::size_t(tools.caption_look.size)];
  const auto lines = wrapped(text, picture.width() * 0.8F,
                             [&](std::string_view part) { return pen.text_width(style, part); });
  const float height = pen.text_height(style) + pen.px(6);
  float top = picture.bottom - pen.px(16) - height * float(lines.size());
  for (const std::string_view line : lines) {
    const float width = pen.text_width(style, line) + pen.px(20);
    const Box box = box_at(picture.middle().x - width / 2, top, width, height);
    if (const ImU32 ground = ground_of(tools.caption_look.ground)) pen.fill(box, ground, 4);
    draw_line(pen, box, style, line, tools.caption_look.ground);
    top += height;
  }
}

Menu caption_menu(const Box& anchor, const CaptionLook& look) {
  Menu menu{.name = "captions/menu", .anchor = anchor, .width_points = 200};
  menu.items.push_back({"Show captions", "Shift+C", std::nullopt, look.is_on});
  const auto choice = [&](const char* label, bool is_chosen) {
    menu.items.push_back({label, {}, std::nullopt, is_chosen});
  };
  choice("Small", look.size == CaptionSize::Small);
  choice("Medium", look.size == CaptionSize::Medium);
  choice("Large", look.size == CaptionSize::Large);
  choice("No background", look.ground == CaptionGround::None);
  choice("Shaded background", look.ground == CaptionGround::Shade);
  choice("Solid background", look.ground == CaptionGround::Solid);
  menu.choose = [look](Actions& actions, std::size_t item) {
    CaptionLook changed = look;
    if (item == 0) changed.is_on = !look.is_on;
    if (item >= 1 && item <= 3) changed.size = CaptionSize(item - 1);
    if (item >= 4) changed.ground = CaptionGround(item - 4);
    actions.watch.set_caption_look(changed);
  };
  return menu;
}

void CaptionSearch::open() {
  is_open_ = takes_focus_ = true;
  ++generation_;
}

void CaptionSearch::draw(View& view, const Box& picture) {
  const auto& captions = view.state.watch.tools.captions;
  if (!is_open_ || !captions) return;
  Pen& pen = view.pen;
  const auto found = find_captions(*captions, words_, kMostFound);
  const float row_height = pen.px(32);
  const float width = std::min(pen.px(360), picture.width() - pen.px(16));
  const float rows = words_.empty() ? 0 : std::max(1.0F, float(found.size()));
  Box panel = box_at(picture.right - width - pen.px(8), picture.top + pen.px(8), width,
                     pen.px(52) + row_height * rows);
  pen.shadow(panel, 8);
  pen.fill(panel, pen.theme.surface, 8);
  pen.outline(panel, pen.theme.border, 8);
  pen.input.part("captions/ground", panel, Focus::Skips);
  Box head = panel.cut_top(pen.px(52)).inset(pen.px(8));
  const Box close = head.cut_right(pen.px(36)).centered(pen.px(32), pen.px(32));
  if (draw_icon_button(pen, close, {.name = "captions/close", .icon = icons::kClose, .tip = "Close"}))
    is_open_ = false;
  const auto field = draw_text_field(pen, head,
                                     {.name = "captions/field",
                                      .text = words_,
                                      .hint = "Search what is said",
                                      .icon = icons::kSearch,
                                      .generation = generation_,
                                      .takes_focus = std::exchange(takes_focus_, false)});
  if (field.edited) words_ = *field.edited;
  if (!words_.empty() && found.empty())
    pen.text(panel.cut_top(row_height).inset(pen.px(14), 0), TextStyle::Body, pen.theme.faint_text,
             "Nobody says that here.");
  for (const std::size_t cue : found) {
    Box row = panel.cut_top(row_height);
    const std::string name = "captions/found/" + std::to_string(cue);
    const Response response = pen.input.part(name, row);
    pen.fill(row.inset(pen.px(4), 0), faded(pen.theme.hover, response.glow), 6);
    if (response.is_focused) pen.ring(row.inset(pen.px(4), 0), 6);
    row = row.inset(pen.px(14), 0);
    pen.text(row.cut_left(pen.px(56)), TextStyle::CaptionStrong, pen.theme.accent,
             format_moment((*captions)[cue].from));
    std::string line = (*captions)[cue].text;
    std::ranges::replace(line, '\n', ' ');
    pen.text(row, TextStyle::Body, pen.theme.text, line);
    if (response.is_clicked || (field.is_submitted && cue == found.front()))
      view.actions.watch.seek((*captions)[cue].from);
  }
}

}  // namespace meanwhile
