#include "app/ui/overlays.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <iterator>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/letter_folding.h"
#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/keys.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/pen.h"
#include "app/ui/shortcuts.h"
#include "app/ui/sidebar.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/layer.h"
#include "app/ui/widgets/notices.h"
#include "app/ui/widgets/scroll_area.h"
#include "app/ui/widgets/text_field.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kItemHeight = 34;
constexpr float kTallestMenu = 480;
constexpr float kSearchHeight = 44;

Box screen_box() {
  return {0, 0, ImGui::GetIO().DisplaySize.x, ImGui::GetIO().DisplaySize.y};
}

// Nothing in it is cut off, as long as the window is wide enough.
float width_of(const Pen& pen, const MenuItem& item) {
  const float detail = item.detail.empty() ? 0 : pen.text_width(TextStyle::Caption, item.detail) + pen.px(24);
  return pen.text_width(TextStyle::Body, item.label) + detail + pen.px(12 + 20 + 4) +
         (item.icon ? pen.px(28) : 0) + (item.is_checked ? pen.px(18) : 0);
}

// Of long menus every item would have to be measured in each frame; their items are alike.
constexpr std::size_t kMostMeasured = 64;

float width_of(const Pen& pen, const Menu& menu) {
  float width = std::max(pen.px(menu.width_points), menu.anchor.width());
  for (const MenuItem& item : menu.items | std::views::take(kMostMeasured))
    width = std::max(width, width_of(pen, item));
  return std::min(width, screen_box().width() - pen.px(16));
}

Box place_of(Pen& pen, const Menu& menu) {
  const Box screen = screen_box().inset(pen.px(8));
  const float width = width_of(pen, menu);
  const float field = menu.search_hint.empty() ? 0 : pen.px(kSearchHeight);
  const float height = std::min({pen.px(kItemHeight) * float(menu.items.size()) + field + pen.px(12),
                                 pen.px(kTallestMenu), screen.height()});
  const Box anchor = pen.beside(menu.anchor);
  Box place = box_at(anchor.left, anchor.bottom + pen.px(4), width, height);
  if (place.right > screen.right)
    place = place.moved(std::max(screen.left, anchor.right - width) - place.left, 0);
  if (place.bottom > screen.bottom) {
    const float above = anchor.top - pen.px(4) - height;
    place = place.moved(0, std::max(screen.top, above) - place.top);
  }
  return place;
}

// checked: of a menu in which something is chosen.
bool draw_menu_item(Pen& pen, Box row, std::string_view name, const MenuItem& item,
                    std::optional<bool> checked) {
  const Response response = pen.input.part(
      name, row,
      {.role = AccessibleRole::MenuItem, .name = item.label, .value = item.detail, .is_on = checked});
  if (item.begins_group) pen.line({row.left, row.top, row.right, row.top + 1}, pen.theme.border);
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
  const bool is_small = screen_box().height() < pen.px(440);
  Box area = screen_box().inset(pen.px(is_small ? 10 : 20));
  if (page == PageId::Watch && !is_small) area.cut_bottom(pen.px(120));
  if (page == PageId::Record && !is_small) area.cut_bottom(pen.px(104));
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

// One of text's words begins so. Both folded.
bool has_word_with(std::string_view text, std::string_view beginning) {
  for (std::size_t at = text.find(beginning); at != std::string_view::npos;
       at = text.find(beginning, at + 1)) {
    if (at == 0 || std::string_view(" /,-(").find(text[at - 1]) != std::string_view::npos) return true;
  }
  return false;
}

bool begins_with(std::string_view label, std::string_view small_letters) {
  return std::ranges::equal(label.substr(0, small_letters.size()), small_letters,
                            [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
}

}  // namespace

std::vector<std::size_t> items_found(const std::vector<MenuItem>& items, std::string_view words) {
  const std::string sought = folded_letters(words);
  std::vector<std::size_t> first;
  if (sought.empty()) {
    for (std::size_t i = 0; i < items.size(); ++i) first.push_back(i);
    return first;
  }
  std::vector<std::size_t> more;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string label = folded_letters(items[i].label);
    if (label.starts_with(sought))
      first.push_back(i);
    else if (has_word_with(label, sought) || has_word_with(folded_letters(items[i].words), sought))
      more.push_back(i);
  }
  first.insert(first.end(), more.begin(), more.end());
  return first;
}

Box pointer_anchor() {
  const ImVec2 at = ImGui::GetIO().MousePos;
  return {at.x, at.y, at.x, at.y};
}

void Overlays::open(Menu menu) {
  menu_ = std::move(menu);
  menu_is_new_ = true;
  sought_.clear();
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
  const auto row = std::ranges::find(shown_, item) - shown_.begin();
  area.reveal(box_at(area.content().left, area.content().top + pen.px(kItemHeight) * float(row), 1,
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
  else if (is_at_the_keyboard && menu_->search_hint.empty() && !shown_.empty())
    go_to_item(pen, area, shown_.front(), Interactions::Ring::Shown);
}

std::optional<std::size_t> Overlays::item_with(std::string_view beginning) const {
  const auto found = std::ranges::find_if(
      menu_->items, [&](const MenuItem& item) { return begins_with(item.label, beginning); });
  if (found == menu_->items.end()) return std::nullopt;
  return std::size_t(found - menu_->items.begin());
}

// Up and down, and round.
void Overlays::move_item(Pen& pen, ScrollArea& area, int steps) {
  const auto count = std::ssize(shown_);
  const auto found = item_ ? std::ranges::find(shown_, *item_) : shown_.end();
  const auto at = found - shown_.begin();
  const auto next = found == shown_.end() ? (steps > 0 ? 0 : count - 1) : (at + steps + count) % count;
  go_to_item(pen, area, shown_[std::size_t(next)], Interactions::Ring::Shown);
}

void Overlays::find_by_keys(Pen& pen, ScrollArea& area) {
  if (shown_.empty()) return;
  const bool is_typing = !menu_->search_hint.empty();
  for (const KeyPress& press : pen.painter.keys()) {
    if (press.key == Key::Down) move_item(pen, area, 1);
    if (press.key == Key::Up) move_item(pen, area, -1);
    if (is_typing) continue;
    std::optional<std::size_t> item;
    if (press.key == Key::Home) item = shown_.front();
    if (press.key == Key::End) item = shown_.back();
    if (press.key == Key::Character && !press.control) {
      if (ImGui::GetTime() - typed_at_ > kTypingPause) typed_.clear();
      typed_at_ = ImGui::GetTime();
      typed_ += press.character;
      item = item_with(typed_);
    }
    if (item) go_to_item(pen, area, *item, Interactions::Ring::Shown);
  }
}

// Enter chooses what the keyboard is at, or the first that was found.
std::optional<std::size_t> Overlays::draw_search(Pen& pen, const Box& box) {
  const std::string name = menu_->name + "/search";
  const auto typed = draw_text_field(pen, box.inset(pen.px(2), pen.px(3)),
                                     {.name = name,
                                      .text = sought_,
                                      .hint = menu_->search_hint,
                                      .icon = icons::kSearch,
                                      .takes_focus = menu_is_new_});
  if (typed.edited) {
    sought_ = *typed.edited;
    item_.reset();
  }
  if (!typed.is_submitted || shown_.empty()) return std::nullopt;
  return item_ && std::ranges::find(shown_, *item_) != shown_.end() ? *item_ : shown_.front();
}

std::optional<std::size_t> Overlays::draw_items(Pen& pen, const Box& box) {
  std::optional<std::size_t> chosen;
  ScrollArea area(pen, "menu/items", box);
  const Box& rows = area.content();
  const float step = pen.px(kItemHeight);
  const bool has_chosen = std::ranges::any_of(menu_->items, &MenuItem::is_checked);
  for (std::size_t row = 0; row < shown_.size(); ++row) {
    const std::size_t i = shown_[row];
    const Box place = box_at(rows.left, rows.top + step * float(row), rows.width(), step);
    if (!area.shows(place) && !pen.input.narration().is_heard()) continue;
    const MenuItem& item = menu_->items[i];
    const auto checked = has_chosen ? std::optional(item.is_checked) : std::nullopt;
    if (draw_menu_item(pen, place, part_of(i), item, checked)) chosen = i;
    if (pen.input.is_focused(part_of(i))) item_ = i;
  }
  if (shown_.empty())
    pen.text(box_at(rows.left, rows.top, rows.width(), step).inset(pen.px(10), 0), TextStyle::Body,
             pen.theme.faint_text, tr("Nothing found"));
  area.set_height(step * float(shown_.size()));
  // After the items: the press that opened the menu chooses none of them.
  std::exchange(menu_is_new_, false) ? begin_menu(pen, area) : find_by_keys(pen, area);
  return chosen;
}

void Overlays::draw_menu(Pen& pen, Actions& actions) {
  std::optional<std::size_t> chosen;
  bool is_outside = false;
  {
    const Layer layer(pen, "menu", screen_box());
    is_outside = pen.input.part("menu/outside", screen_box(), Focus::Skips).is_clicked;
    const Box place = place_of(pen, *menu_);
    const SpokenGroup group(pen.input.narration(), menu_->name, place, {.role = AccessibleRole::Menu});
    draw_panel(pen, place);
    pen.input.part("menu/ground", place, Focus::Skips);
    Box inside = place.inset(pen.px(6));
    if (!menu_->search_hint.empty()) chosen = draw_search(pen, inside.cut_top(pen.px(kSearchHeight)));
    shown_ = items_found(menu_->items, sought_);
    const auto pressed = draw_items(pen, inside);
    if (!chosen) chosen = pressed;
    // A field keeps Escape to itself.
    const bool is_left = !menu_->search_hint.empty() &&
                         std::ranges::any_of(pen.painter.keys(),
                                             [](const KeyPress& press) { return press.key == Key::Escape; });
    is_outside = is_outside || is_left;
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
  const float width = std::min(pen.px(420), screen_box().width() - pen.px(16));
  const float words = width - pen.px(48);
  const float title_height = pen.paragraph_height(words, TextStyle::Heading, question_->title) + pen.px(8);
  const float words_height = title_height + pen.paragraph_height(words, TextStyle::Body, question_->text);
  const Box panel = screen_box().centered(
      width,
      std::min(words_height + pen.px(24 + 24 + kControlHeight + 24), screen_box().height() - pen.px(8)));
  draw_panel(pen, panel);
  const SpokenGroup group(
      pen.input.narration(), "question", panel,
      {.role = AccessibleRole::Dialog, .name = question_->title, .description = question_->text});
  Box inside = panel.inset(pen.px(24));
  Box row = inside.cut_bottom(pen.px(kControlHeight));
  inside.cut_bottom(pen.px(16));
  {
    inside.right += pen.px(12);  // a scrollbar's place
    ScrollArea scroll(pen, "question/words", inside);
    Box text = scroll.content();
    text.right = text.left + words;
    pen.paragraph(text, TextStyle::Heading, pen.theme.text, question_->title);
    text.cut_top(title_height);
    pen.paragraph(text, TextStyle::Body, pen.theme.soft_text, question_->text);
    scroll.set_height(words_height);
  }
  const Button yes{.name = "question/yes",
                   .label = question_->yes,
                   .kind = question_->is_dangerous ? ButtonKind::Danger : ButtonKind::Primary};
  const Button no{.name = "question/no", .label = tr("Cancel"), .shortcut = tr("Esc")};
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
