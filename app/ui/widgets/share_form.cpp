#include "app/ui/widgets/share_form.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/narration.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/form_rows.h"
#include "app/ui/widgets/scroll_area.h"
#include "app/ui/widgets/text_field.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr std::array<std::pair<bool, const char*>, 2> kShareWays{
    {{false, tr_later("A link to a page")}, {true, tr_later("One file to send")}}};
constexpr std::array<std::pair<ShareTime, const char*>, 4> kShareTimes{
    // TRANSLATORS: the sharing ends in a day, and so on.
    {{ShareTime::Day, tr_later("In a day")},
     {ShareTime::Week, tr_later("In a week")},
     {ShareTime::Month, tr_later("In 30 days")},
     // TRANSLATORS: the sharing never ends.
     {ShareTime::ForEver, tr_later("Never")}}};

constexpr std::array<std::pair<int, const char*>, 4> kShareSizes{{{0, tr_later("As it was published")},
                                                                  {100, tr_later("At most 100 MB")},
                                                                  {20, tr_later("At most 20 MB, for mail")},
                                                                  {8, tr_later("At most 8 MB")}}};

template <typename Value, std::size_t kCount>
void draw_share_choice(View& view, Box& area, std::string_view name, std::string_view label,
                       const std::array<std::pair<Value, const char*>, kCount>& choices,
                       Value SharePanel::* member) {
  const SharePanel& panel = *view.state.watch.share;
  draw_form_choice(view, area, form_choice(name, label, choices, panel.*member),
                   [panel, choices, member](Actions& actions, std::size_t item) {
                     SharePanel changed = panel;
                     changed.*member = choices[item].first;
                     actions.shares.change_share(changed);
                   });
}

void draw_share_file(View& view, Box& area) {
  const SharePanel& panel = *view.state.watch.share;
  const auto file = draw_file_row(
      view, area,
      {.name = "share/file", .browse = "share/browse", .text = panel.file, .hint = "~/Videos/Update.html"});
  if (file.browses) view.actions.shares.choose_share_file();
  if (file.edited) {
    SharePanel changed = panel;
    changed.file = *file.edited;
    changed.may_replace = false;
    view.actions.shares.change_share(changed);
  }
  draw_share_choice(view, area, "share/size", tr("Size"), kShareSizes, &SharePanel::megabytes);
}

// Hidden while it is typed, until its eye is pressed: it has to be told to somebody.
void draw_share_password(View& view, Box& area) {
  Pen& pen = view.pen;
  SharePanel changed = *view.state.watch.share;
  draw_form_label(view, area, tr("Password"));
  Box place = area.cut_top(pen.px(40));
  area.cut_top(pen.px(12));
  const Box eye =
      place.cut_right(pen.px(kControlHeight)).centered(pen.px(kControlHeight), pen.px(kControlHeight));
  place.cut_right(pen.px(4));
  const bool is_shown = changed.shows_password;
  const auto field = draw_text_field(pen, place,
                                     {.name = "share/password",
                                      .text = changed.password,
                                      .hint = tr_in("no password", "None"),
                                      .is_hidden = !is_shown});
  if (field.edited) changed.password = *field.edited;
  const bool pressed =
      draw_icon_button(pen, eye,
                       {.name = "share/see",
                        .icon = is_shown ? icons::kUnseen : icons::kSeen,
                        .tip = is_shown ? tr("Hide the password") : tr("Show the password")});
  if (pressed) changed.shows_password = !is_shown;
  if (field.edited || pressed) view.actions.shares.change_share(changed);
}

void draw_share_switch(View& view, Box& area) {
  SharePanel changed = *view.state.watch.share;
  const bool pressed = draw_form_switch(view, area,
                                        {.name = "share/answers",
                                         .label = tr("Take answers"),
                                         .tip = tr("Viewers can comment; you see it here"),
                                         .is_on = changed.takes_answers});
  area.cut_top(view.pen.px(8));
  if (!pressed) return;
  changed.takes_answers = !changed.takes_answers;
  view.actions.shares.change_share(changed);
}

void draw_share_buttons(View& view, Box row) {
  Pen& pen = view.pen;
  const SharePanel& panel = *view.state.watch.share;
  const Button make{.name = "share/make",
                    .label = panel.as_file ? tr("Save file") : tr("Copy link"),
                    .icon = panel.as_file ? icons::kExport : icons::kLink,
                    .kind = ButtonKind::Primary,
                    .shortcut = tr("Ctrl+Enter")};
  if (panel.doing.empty()) {
    if (draw_button(pen, row.cut_right(button_width(pen, make)), make)) view.actions.shares.make_share();
    row.cut_right(pen.px(8));
  }
  const Button close{
      .name = "share/close", .label = tr("Close"), .kind = ButtonKind::Ghost, .shortcut = tr("Esc")};
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
      {tr("Stop sharing this update?"),
       is_file ? tr("The file that you sent can't be called back. Answers from it aren't taken any more.")
               : tr("Nobody can open the link any more. What somebody has saved stays with them."),
       tr("Stop sharing"), [share = shared.share](Actions& actions) { actions.shares.end_share(share); }});
}

void draw_shared(View& view, Box& area) {
  Pen& pen = view.pen;
  const SharePanel& panel = *view.state.watch.share;
  if (panel.shared.empty()) return;
  area.cut_top(pen.px(20));
  draw_form_label(view, area, tr("Shared already"));
  for (const SharedView& shared : panel.shared) {
    Box row = area.cut_top(pen.px(44));
    const SpokenGroup group(
        pen.input.narration(), "share/" + shared.share, row,
        {.role = AccessibleRole::ListItem, .name = shared.label, .description = shared.detail});
    const std::string stop_name = "share/stop/" + shared.share;
    const Button stop{.name = stop_name, .label = tr("Stop sharing"), .kind = ButtonKind::Ghost};
    if (draw_row_button(pen, row, stop)) ask_to_end(view, shared);
    if (!shared.link.empty()) {
      const std::string copy_name = "share/copy/" + shared.share;
      const Button copy{.name = copy_name, .label = tr_in("button", "Copy"), .kind = ButtonKind::Ghost};
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
  const SpokenGroup group(pen.input.narration(), "share", area,
                          {.role = AccessibleRole::Group, .name = tr("Share outside the library")});
  pen.fill(area, pen.theme.surface);
  pen.line({area.left, area.top, area.left + 1, area.bottom}, pen.theme.border);
  ScrollArea scroll(pen, "share/scroll", area);
  Box inside = scroll.content().inset(pen.px(16), pen.px(16));
  inside.bottom = inside.top + pen.px(kTallest);
  pen.text(inside.cut_top(pen.px(26)), TextStyle::Heading, pen.theme.text, tr("Share outside the library"));
  inside.cut_top(pen.px(12));
  draw_share_choice(view, inside, "share/way", tr_in("share as: a link, or a file", "As"), kShareWays,
                    &SharePanel::as_file);
  if (panel.as_file)
    draw_share_file(view, inside);
  else
    draw_share_choice(view, inside, "share/time", tr_in("when the sharing ends", "Ends"), kShareTimes,
                      &SharePanel::time);
  draw_share_password(view, inside);
  draw_share_switch(view, inside);
  draw_share_buttons(view, inside.cut_top(pen.px(kControlHeight)));
  draw_shared(view, inside);
  scroll.set_height(inside.top - scroll.content().top + pen.px(16));
}

}  // namespace meanwhile
