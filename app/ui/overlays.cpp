#include "app/ui/overlays.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "app/platform/keys.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/platform/icons.h"
#include "app/ui/interaction.h"
#include "app/ui/pen.h"
#include "app/ui/shortcuts.h"
#include "app/ui/sidebar.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
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

// Letters typed with less time between them look for one word.
constexpr double kTypingPause = 1.0;

bool begins_with(std::string_view label, std::string_view small_letters) {
  return std::ranges::equal(label.substr(0, small_letters.size()), small_letters,
                            [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
}

}  // namespace

void Overlays::open(Menu menu) {
  menu_ = std::move(menu);
  menu_is_new_ = true;
}

bool Overlays::close_top(Interactions& input) {
  if (menu_) {
    close_menu(input);
    return true;
  }
  const bool had_question = question_.has_value();
  question_.reset();
  return had_question;
}

void Overlays::close_menu(Interactions& input) {
  menu_.reset();
  const bool is_at_the_keyboard = input.is_anything_focused();
  input.set_focus(menu_opener_, is_at_the_keyboard ? Interactions::Ring::Shown : Interactions::Ring::Hidden);
}

std::string Overlays::part_of(std::size_t item) const {
  return fmt::format("{}/{}", menu_->name, item);
}

void Overlays::go_to_item(Pen& pen, ScrollArea& area, std::size_t item, Interactions::Ring ring) {
  item_ = item;
  pen.input.set_focus(part_of(item), ring);
  area.reveal(box_at(area.content().left, area.content().top + pen.px(kItemHeight) * float(item), 1,
                     pen.px(kItemHeight)));
}

// At what is chosen now, and by keyboard if that opened it.
void Overlays::begin_menu(Pen& pen, ScrollArea& area) {
  const auto checked = std::ranges::find_if(menu_->items, &MenuItem::is_checked);
  const bool is_at_the_keyboard = pen.input.is_anything_focused();
  menu_opener_ = pen.input.focused();
  item_.reset();
  typed_.clear();
  if (checked != menu_->items.end())
    go_to_item(pen, area, std::size_t(checked - menu_->items.begin()),
               is_at_the_keyboard ? Interactions::Ring::Shown : Interactions::Ring::Hidden);
  else if (is_at_the_keyboard)
    go_to_item(pen, area, 0, Interactions::Ring::Shown);
}

std::optional<std::size_t> Overlays::item_with(std::string_view beginning) const {
  const auto found = std::ranges::find_if(
      menu_->items, [&](const MenuItem& item) { return begins_with(item.label, beginning); });
  if (found == menu_->items.end()) return std::nullopt;
  return std::size_t(found - menu_->items.begin());
}

void Overlays::find_by_keys(Pen& pen, ScrollArea& area) {
  const std::size_t count = menu_->items.size();
  if (count == 0) return;
  for (const KeyPress& press : pen.painter.keys()) {
    std::optional<std::size_t> item;
    if (press.key == Key::Down) item = item_ ? (*item_ + 1) % count : 0;
    if (press.key == Key::Up) item = item_ && *item_ > 0 ? *item_ - 1 : count - 1;
    if (press.key == Key::Home) item = 0;
    if (press.key == Key::End) item = count - 1;
    if (press.key == Key::Character && !press.control) {
      if (ImGui::GetTime() - typed_at_ > kTypingPause) typed_.clear();
      typed_at_ = ImGui::GetTime();
      typed_ += press.character;
      item = item_with(typed_);
    }
    if (item) go_to_item(pen, area, *item, Interactions::Ring::Shown);
  }
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
      if (!area.shows(row)) continue;
      if (draw_menu_item(pen, row, part_of(i), menu_->items[i])) chosen = i;
      if (pen.input.is_focused(part_of(i))) item_ = i;
    }
    area.set_height(pen.px(kItemHeight) * float(menu_->items.size()));
    // After the items: the press that opened the menu chooses none of them.
    std::exchange(menu_is_new_, false) ? begin_menu(pen, area) : find_by_keys(pen, area);
  }
  if (chosen) {
    const Menu menu = *menu_;
    close_menu(pen.input);
    menu.choose(actions, *chosen);
  } else if (is_outside) {
    close_menu(pen.input);
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
  draw_notices(pen, notice_area(pen, state.page), state.notices, actions.notices);
  if (state.shortcuts_shown) draw_shortcut_sheet(pen, screen_box(), actions.app);
  if (question_) draw_question(pen, actions);
  if (menu_) draw_menu(pen, actions);
}

}  // namespace meanwhile
