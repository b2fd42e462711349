#include "app/ui/overlays.h"

#include <fmt/format.h>

#include <utility>

#include "app/ui/shortcuts.h"
#include "app/ui/sidebar.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/layer.h"
#include "app/ui/widgets/notices.h"
#include "app/ui/widgets/scroll_area.h"

namespace meanwhile {
namespace {

constexpr float kItemHeight = 34;
constexpr float kTallestMenu = 380;

Box screen_box() {
  return {0, 0, ImGui::GetIO().DisplaySize.x, ImGui::GetIO().DisplaySize.y};
}

Box place_of(Pen& pen, const Menu& menu) {
  const Box screen = screen_box().inset(pen.px(8));
  const float width = std::max(pen.px(menu.width_points), menu.anchor.width());
  const float height =
      std::min(pen.px(kItemHeight) * float(menu.items.size()) + pen.px(12), pen.px(kTallestMenu));
  Box place = box_at(menu.anchor.left, menu.anchor.bottom + pen.px(4), width, height);
  if (place.right > screen.right)
    place = place.moved(std::max(screen.left, menu.anchor.right - width) - place.left, 0);
  if (place.bottom > screen.bottom) {
    const float above = menu.anchor.top - pen.px(4) - height;
    place = place.moved(0, std::max(screen.top, above) - place.top);
  }
  return place;
}

bool draw_menu_item(Pen& pen, Box row, std::string_view name, const MenuItem& item) {
  const Response response = pen.input.part(name, row);
  pen.fill(row, faded(pen.theme.hover, std::max(response.glow, response.is_focused ? 1.0F : 0.0F)), 6);
  if (response.is_focused) pen.ring(row.inset(pen.px(2)), 6);
  const ImU32 words = item.is_dangerous ? pen.theme.danger : pen.theme.text;
  row = row.inset(pen.px(10), 0);
  if (item.icon) {
    pen.icon(row.cut_left(pen.px(18)), *item.icon, IconSize::Small,
             item.is_dangerous ? words : pen.theme.soft_text);
    row.cut_left(pen.px(10));
  }
  if (item.is_checked) pen.icon(row.cut_right(pen.px(18)), icons::kCheck, IconSize::Small, pen.theme.accent);
  if (!item.detail.empty()) {
    const float width =
        std::min(row.width() / 2, pen.text_width(TextStyle::Caption, item.detail) + pen.px(12));
    pen.text(row.cut_right(width), TextStyle::Caption, pen.theme.faint_text, item.detail, Align::Right);
  }
  pen.text(row, TextStyle::Body, words, item.label);
  return response.is_clicked;
}

// Where notices cover no control: right of the sidebar, above the bars that play and record.
Box notice_area(Pen& pen, PageId page) {
  Box area = screen_box().inset(pen.px(20));
  if (page == PageId::Watch) area.cut_bottom(pen.px(120));
  if (page == PageId::Record) area.cut_bottom(pen.px(104));
  const bool has_sidebar = page != PageId::Watch;
  if (has_sidebar) area.cut_left(pen.px(sidebar_width(screen_box().width() / pen.painter.scale())));
  return area;
}

void draw_panel(Pen& pen, const Box& box) {
  pen.shadow(box, 10);
  pen.fill(box, pen.theme.surface, 10);
  pen.outline(box, pen.theme.border, 10);
}

void scroll_to_checked(Pen& pen, ScrollArea& area, const Menu& menu) {
  for (std::size_t i = 0; i < menu.items.size(); ++i)
    if (menu.items[i].is_checked)
      area.reveal(box_at(area.content().left, area.content().top + pen.px(kItemHeight) * float(i), 1,
                         pen.px(kItemHeight)));
}

}  // namespace

void Overlays::open(Menu menu) {
  menu_ = std::move(menu);
  menu_is_new_ = true;
}

bool Overlays::close_top() {
  if (menu_) {
    menu_.reset();
    return true;
  }
  const bool had_question = question_.has_value();
  question_.reset();
  return had_question;
}

void Overlays::draw_menu(Pen& pen, Actions& actions) {
  const Box place = place_of(pen, *menu_);
  std::optional<std::size_t> chosen;
  bool is_outside = false;
  {
    const Layer layer(pen, "menu", screen_box());
    is_outside = pen.input.part("menu/outside", screen_box(), Focus::Skips).is_clicked;
    draw_panel(pen, place);
    pen.input.part("menu/ground", place, Focus::Skips);
    ScrollArea area(pen, "menu/items", place.inset(pen.px(6)));
    Box rows = area.content();
    for (std::size_t i = 0; i < menu_->items.size(); ++i) {
      const Box row =
          box_at(rows.left, rows.top + pen.px(kItemHeight) * float(i), rows.width(), pen.px(kItemHeight));
      if (area.shows(row) && draw_menu_item(pen, row, fmt::format("{}/{}", menu_->name, i), menu_->items[i]))
        chosen = i;
    }
    area.set_height(pen.px(kItemHeight) * float(menu_->items.size()));
    if (std::exchange(menu_is_new_, false)) scroll_to_checked(pen, area, *menu_);
  }
  if (chosen) {
    const Menu menu = *std::exchange(menu_, std::nullopt);
    menu.choose(actions, *chosen);
  } else if (is_outside) {
    menu_.reset();
  }
}

void Overlays::draw_question(Pen& pen, Actions& actions) {
  const Layer layer(pen, "question", screen_box());
  pen.fill(screen_box(), pen.theme.shade);
  pen.input.part("question/outside", screen_box(), Focus::Skips);
  const float width = pen.px(420);
  const float text_height = pen.paragraph_height(width - pen.px(48), TextStyle::Body, question_->text);
  const Box panel =
      screen_box().centered(width, text_height + pen.px(24 + 24 + 8 + 24 + kControlHeight + 24));
  draw_panel(pen, panel);
  Box inside = panel.inset(pen.px(24));
  pen.text(inside.cut_top(pen.px(24)), TextStyle::Heading, pen.theme.text, question_->title);
  inside.cut_top(pen.px(8));
  pen.paragraph(inside, TextStyle::Body, pen.theme.soft_text, question_->text);
  Box row = inside.cut_bottom(pen.px(kControlHeight));
  const Button yes{.name = "question/yes",
                   .label = question_->yes,
                   .kind = question_->is_dangerous ? ButtonKind::Danger : ButtonKind::Primary};
  const Button no{.name = "question/no", .label = "Cancel", .shortcut = "Esc"};
  const bool is_yes = draw_button(pen, row.cut_right(button_width(pen, yes)), yes);
  row.cut_right(pen.px(8));
  const bool is_no = draw_button(pen, row.cut_right(button_width(pen, no)), no);
  if (is_yes) {
    const Question question = *std::exchange(question_, std::nullopt);
    question.answer_yes(actions);
  } else if (is_no) {
    question_.reset();
  }
}

void Overlays::draw(Pen& pen, const UiState& state, Actions& actions) {
  draw_notices(pen, notice_area(pen, state.page), state.notices, actions);
  if (state.shortcuts_shown) draw_shortcut_sheet(pen, screen_box(), actions);
  if (question_) draw_question(pen, actions);
  if (menu_) draw_menu(pen, actions);
}

}  // namespace meanwhile
