#include "app/ui/widgets/share_form.h"

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
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/scroll_area.h"
#include "app/ui/widgets/text_field.h"

namespace meanwhile {
namespace {

constexpr std::array<std::pair<bool, std::string_view>, 2> kShareWays{
    {{false, "A link to a page"}, {true, "One file to send"}}};
constexpr std::array<std::pair<ShareTime, std::string_view>, 4> kShareTimes{{{ShareTime::Day, "In a day"},
                                                                             {ShareTime::Week, "In a week"},
                                                                             {ShareTime::Month, "In 30 days"},
                                                                             {ShareTime::ForEver, "Never"}}};

void draw_share_label(Pen& pen, Box& area, std::string_view label) {
  pen.text(area.cut_top(pen.px(20)), TextStyle::CaptionStrong, pen.theme.soft_text, label);
  area.cut_top(pen.px(4));
}

// A field that opens a menu of the choices.
template <typename Value, std::size_t kCount>
void draw_share_choice(View& view, Box& area, std::string_view name, std::string_view label,
                       const std::array<std::pair<Value, std::string_view>, kCount>& choices,
                       Value SharePanel::* member) {
  Pen& pen = view.pen;
  const SharePanel& panel = *view.state.watch.share;
  draw_share_label(pen, area, label);
  const Box box = area.cut_top(pen.px(40));
  area.cut_top(pen.px(12));
  std::string_view chosen;
  for (const auto& [value, words] : choices)
    if (value == panel.*member) chosen = words;
  if (!draw_picker(pen, box, name, std::nullopt, chosen, {})) return;
  Menu menu{.name = std::string(name) + "/menu", .anchor = box, .width_points = 240};
  for (const auto& [value, words] : choices)
    menu.items.push_back({std::string(words), {}, std::nullopt, value == panel.*member});
  menu.choose = [panel, choices, member](Actions& actions, std::size_t item) {
    SharePanel changed = panel;
    changed.*member = choices[item].first;
    actions.shares.change_share(changed);
  };
  view.overlays.open(std::move(menu));
}

void draw_share_field(View& view, Box& area, std::string_view name, std::string_view label,
                      std::string_view hint, std::string SharePanel::* member) {
  Pen& pen = view.pen;
  const SharePanel& panel = *view.state.watch.share;
  draw_share_label(pen, area, label);
  const auto field =
      draw_text_field(pen, area.cut_top(pen.px(40)), {.name = name, .text = panel.*member, .hint = hint});
  area.cut_top(pen.px(12));
  if (!field.edited) return;
  SharePanel changed = panel;
  changed.*member = *field.edited;
  view.actions.shares.change_share(changed);
}

void draw_share_switch(View& view, Box& area) {
  Pen& pen = view.pen;
  Box row = area.cut_top(pen.px(32));
  area.cut_top(pen.px(12));
  const Box place = row.cut_right(pen.px(44));
  pen.text(row, TextStyle::Body, pen.theme.text, "Take answers");
  SharePanel changed = *view.state.watch.share;
  if (!draw_switch(pen, place, "share/answers", changed.takes_answers,
                   "Viewers can comment; you see it here"))
    return;
  changed.takes_answers = !changed.takes_answers;
  view.actions.shares.change_share(changed);
}

void draw_share_buttons(View& view, Box row) {
  Pen& pen = view.pen;
  const SharePanel& panel = *view.state.watch.share;
  const Button make{.name = "share/make",
                    .label = panel.as_file ? "Save file" : "Copy link",
                    .icon = panel.as_file ? icons::kExport : icons::kLink,
                    .kind = ButtonKind::Primary,
                    .shortcut = "Ctrl+Enter"};
  if (panel.doing.empty()) {
    if (draw_button(pen, row.cut_right(button_width(pen, make)), make)) view.actions.shares.make_share();
    row.cut_right(pen.px(8));
  }
  const Button close{.name = "share/close", .label = "Close", .kind = ButtonKind::Ghost, .shortcut = "Esc"};
  if (draw_button(pen, row.cut_right(button_width(pen, close)), close)) view.actions.shares.drop_share();
  if (!panel.doing.empty()) pen.text(row, TextStyle::Body, pen.theme.soft_text, panel.doing);
}

bool draw_row_button(Pen& pen, Box& row, const Button& button) {
  const float width = button_width(pen, button);
  return draw_button(pen, row.cut_right(width).centered(width, pen.px(kControlHeight)), button);
}

void ask_to_end(View& view, const SharedView& shared) {
  const bool is_file = shared.link.empty();
  view.overlays.ask(
      {"Stop sharing this update?",
       is_file ? "The file that you sent can't be called back. Answers from it aren't taken any more."
               : "Nobody can open the link any more. What somebody has saved stays with them.",
       "Stop sharing", [share = shared.share](Actions& actions) { actions.shares.end_share(share); }});
}

void draw_shared(View& view, Box& area) {
  Pen& pen = view.pen;
  const SharePanel& panel = *view.state.watch.share;
  if (panel.shared.empty()) return;
  area.cut_top(pen.px(20));
  draw_share_label(pen, area, "Shared already");
  for (const SharedView& shared : panel.shared) {
    Box row = area.cut_top(pen.px(44));
    const std::string stop_name = "share/stop/" + shared.share;
    const Button stop{.name = stop_name, .label = "Stop sharing", .kind = ButtonKind::Ghost};
    if (draw_row_button(pen, row, stop)) ask_to_end(view, shared);
    if (!shared.link.empty()) {
      const std::string copy_name = "share/copy/" + shared.share;
      const Button copy{.name = copy_name, .label = "Copy", .kind = ButtonKind::Ghost};
      if (draw_row_button(pen, row, copy)) view.actions.shares.copy_share(shared.share);
    }
    pen.text(row.cut_top(pen.px(22)), TextStyle::Body, pen.theme.text, shared.label);
    pen.text(row.cut_top(pen.px(18)), TextStyle::Caption, pen.theme.soft_text, shared.detail);
  }
}

// More than any list of shares: it scrolls.
constexpr float kTallest = 20'000;

}  // namespace

void draw_share_form(View& view, Box area) {
  Pen& pen = view.pen;
  const SharePanel& panel = *view.state.watch.share;
  pen.fill(area, pen.theme.surface);
  pen.line({area.left, area.top, area.left + 1, area.bottom}, pen.theme.border);
  ScrollArea scroll(pen, "share/scroll", area);
  Box inside = scroll.content().inset(pen.px(16), pen.px(16));
  inside.bottom = inside.top + pen.px(kTallest);
  pen.text(inside.cut_top(pen.px(26)), TextStyle::Heading, pen.theme.text, "Share outside the library");
  inside.cut_top(pen.px(12));
  draw_share_choice(view, inside, "share/way", "As", kShareWays, &SharePanel::as_file);
  if (panel.as_file)
    draw_share_field(view, inside, "share/file", "File", "~/Videos/Update.html", &SharePanel::file);
  else
    draw_share_choice(view, inside, "share/time", "Ends", kShareTimes, &SharePanel::time);
  draw_share_field(view, inside, "share/password", "Password", "None", &SharePanel::password);
  draw_share_switch(view, inside);
  draw_share_buttons(view, inside.cut_top(pen.px(kControlHeight)));
  draw_shared(view, inside);
  scroll.set_height(inside.top - scroll.content().top + pen.px(16));
}

}  // namespace meanwhile
