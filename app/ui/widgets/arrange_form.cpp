#include "app/ui/widgets/arrange_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/platform/icons.h"
#include "app/platform/keys.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/arrange_state.h"
#include "app/ui/arrange_steps.h"
#include "app/ui/box.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/form_rows.h"
#include "app/ui/widgets/scroll_area.h"
#include "app/ui/widgets/text_field.h"
#include "app/ui/zoom.h"
#include "media/base/arrangement.h"
#include "media/base/arrangement_edits.h"
#include "media/base/edit_list.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// More than any list of parts: it scrolls.
constexpr float kTallestForm = 60'000;
constexpr float kPartRow = 36;
// TRANSLATORS: how screen and camera stand: the screen alone, the camera alone, the camera in a bubble.
constexpr std::array<const char*, 4> kLayoutLabels{tr_later("Side by side"), tr_later("Screen"),
                                                   tr_later("Camera"), tr_later("Bubble")};

const ArrangePanel& panel_of(const View& view) {
  return *view.state.watch.arrange;
}

void take_step(View& view, const Result<Arrangement>& next) {
  view.actions.arrange.arrange(next);
}

void drop(View& view) {
  leave_arranging(view, [](Actions& actions) { actions.arrange.drop_arrangement(); });
}

void cut_marked(View& view) {
  const auto next = cut_chosen(panel_of(view));
  view.actions.arrange.arrange(next);
  if (next) view.actions.arrange.choose_part(std::nullopt);
}

std::string range_words(const TimeRange& range) {
  return fmt::format("{} – {}", format_exact_moment(range.from), format_exact_moment(range.to));
}

// A line of words, and buttons at its right. Cut off the top of `area`.
Box begin_row(View& view, Box& area) {
  return area.cut_top(view.pen.px(kPartRow));
}

bool row_button(Pen& pen, Box& row, const std::string& name, std::string_view label,
                std::string_view tip = {}) {
  const Button button{.name = name, .label = label, .kind = ButtonKind::Ghost, .tip = tip};
  const float width = button_width(pen, button);
  return draw_button(pen, row.cut_right(width).centered(width, pen.px(kControlHeight - 4)), button);
}

bool row_icon(Pen& pen, Box& row, const std::string& name, Icon icon, std::string_view tip) {
  const Box box = row.cut_right(pen.px(30)).centered(pen.px(28), pen.px(28));
  return draw_icon_button(pen, box, {.name = name, .icon = icon, .tip = tip, .size = IconSize::Small});
}

void row_text(Pen& pen, const Box& row, std::string_view text, bool is_faint = false) {
  pen.text(row, TextStyle::Body, is_faint ? pen.theme.faint_text : pen.theme.text, text);
}

// What to do here, in as many lines as it takes.
void draw_hint(View& view, Box& area, std::string_view text) {
  Pen& pen = view.pen;
  const float height =
      std::max(pen.px(kPartRow), pen.paragraph_height(area.width(), TextStyle::Body, text) + pen.px(8));
  pen.paragraph(area.cut_top(height).inset(0, pen.px(4)), TextStyle::Body, pen.theme.faint_text, text);
}

void draw_head(View& view, Box& area) {
  Pen& pen = view.pen;
  const ArrangePanel& panel = panel_of(view);
  Box row = area.cut_top(pen.px(30));
  if (panel.can_redo && row_icon(pen, row, "arrange/redo", icons::kRedo, tr("Once more (Ctrl+Shift+Z)")))
    view.actions.arrange.redo_arranging();
  if (panel.can_undo && row_icon(pen, row, "arrange/undo", icons::kUndo, tr("One step back (Ctrl+Z)")))
    view.actions.arrange.undo_arranging();
  pen.text(row, TextStyle::Heading, pen.theme.text, tr("Cut and arrange"));
  const auto edits = edits_of(as_shown(panel), panel.duration);
  const MediaTime left = edits ? edits->duration() : panel.duration;
  pen.text(area.cut_top(pen.px(22)), TextStyle::Caption, pen.theme.soft_text,
           // TRANSLATORS: two lengths such as 1:23.
           tr_format("{} to watch, {} recorded", format_moment(left), format_moment(panel.duration)));
  area.cut_top(pen.px(10));
}

void draw_chosen(View& view, Box& area) {
  Pen& pen = view.pen;
  const ArrangePanel& panel = panel_of(view);
  draw_form_label(view, area, tr("Marked part"));
  if (!panel.chosen) {
    draw_hint(view, area, tr("I and O, or Shift and a drag; or words of the transcript"));
    area.cut_top(pen.px(10));
    return;
  }
  Box row = begin_row(view, area);
  if (row_icon(pen, row, "arrange/unmark", icons::kClose, tr("Unmark")))
    view.actions.arrange.choose_part(std::nullopt);
  if (row_button(pen, row, "arrange/cut", tr_in("button", "Cut out"), "X")) cut_marked(view);
  row_text(pen, row, range_words(*panel.chosen));
  area.cut_top(pen.px(10));
}

void draw_offers(View& view, Box& area) {
  Pen& pen = view.pen;
  const ArrangePanel& panel = panel_of(view);
  bool is_any_left = false;
  for (const OfferedCuts& offer : panel.offered) {
    const auto left = still_shown(panel, offer.ranges);
    if (left.empty()) continue;
    is_any_left = true;
    Box row = begin_row(view, area);
    if (row_button(pen, row, "arrange/offer/" + offer.label, tr("Cut all")))
      take_step(view, cut_all(panel, left));
    row_text(pen, row,
             // TRANSLATORS: "Silences: 3 places, 0:12"
             tr_count(left.size(), "{}: {} place, {}", "{}: {} places, {}", tr(offer.label.c_str()),
                      left.size(), format_moment(length_of(left))));
  }
  if (is_any_left) area.cut_top(pen.px(10));
}

void draw_part(View& view, Box& area, const std::vector<TimeRange>& parts, std::size_t place) {
  Pen& pen = view.pen;
  const ArrangePanel& panel = panel_of(view);
  Box row = begin_row(view, area);
  const std::string name = fmt::format("arrange/part/{}", place);
  if (parts.size() > 1) {
    if (row_icon(pen, row, name + "/cut", icons::kClose, tr("Cut this part out")))
      take_step(view, with_cut(panel.now, panel.duration, parts[place]));
    if (place + 1 < parts.size() &&
        row_icon(pen, row, name + "/down", icons::kDown, tr_in("a part of an update", "Later")))
      take_step(view, with_moved(panel.now, panel.duration, place, place + 1));
    if (place > 0 && row_icon(pen, row, name + "/up", icons::kUp, tr_in("a part of an update", "Earlier")))
      take_step(view, with_moved(panel.now, panel.duration, place, place - 1));
  }
  if (row_icon(pen, row, name + "/play", icons::kPlay, tr("Play from here")))
    view.actions.watch.seek(parts[place].from);
  row_text(pen, row, fmt::format("{}.  {}", place + 1, part_words(panel, parts[place])));
}

void draw_parts(View& view, Box& area) {
  Pen& pen = view.pen;
  const ArrangePanel& panel = panel_of(view);
  draw_form_label(view, area, tr("Shown, in this order"));
  const auto parts = shown_parts(panel.now, panel.duration);
  for (std::size_t i = 0; i < parts.size(); ++i) draw_part(view, area, parts, i);
  const auto edits = edits_of(panel.now, panel.duration);
  const auto cuts = edits ? edits->cuts(panel.duration) : std::vector<TimeRange>{};
  if (!cuts.empty()) area.cut_top(pen.px(8)), draw_form_label(view, area, tr_in("heading", "Cut out"));
  for (const TimeRange& cut : cuts) {
    Box row = begin_row(view, area);
    if (row_button(pen, row, fmt::format("arrange/restore/{}", cut.from.count()), tr("Show again")))
      take_step(view, with_restored(panel.now, panel.duration, cut));
    row_text(pen, row, range_words(cut), true);
  }
  area.cut_top(pen.px(10));
}

void draw_more(View& view, Box& area) {
  Pen& pen = view.pen;
  const ArrangePanel& panel = panel_of(view);
  draw_form_label(view, area, tr_in("heading", "Add"));
  Box row = area.cut_top(pen.px(40));
  const Button add{.name = "arrange/card", .label = tr("Add card"), .is_enabled = !panel.card.empty()};
  const bool pressed = draw_button(
      pen, row.cut_right(button_width(pen, add)).centered(button_width(pen, add), pen.px(kControlHeight)),
      add);
  row.cut_right(pen.px(6));
  const auto title = draw_text_field(
      pen, row, {.name = "arrange/card-title", .text = panel.card, .hint = tr("Title card here")});
  if (title.edited) view.actions.arrange.type_card(*title.edited);
  if ((pressed || title.is_submitted) && !panel.card.empty()) {
    take_step(view, card_at(panel, view.state.watch.player.position));
    view.actions.arrange.type_card("");
  }
  area.cut_top(pen.px(6));
  if (panel.others.empty()) return;
  const Box place = area.cut_top(pen.px(kControlHeight));
  if (draw_picker(pen, place, "arrange/join", icons::kPlay, tr("Join another update here"),
                  tr("One of yours, in this library")))
    view.overlays.open(join_menu(place, panel, view.state.watch.player.position));
  area.cut_top(pen.px(12));
}

void draw_layouts(View& view, Box& area) {
  Pen& pen = view.pen;
  const WatchState& watch = view.state.watch;
  if (!watch.has_screen || !watch.has_camera) return;
  draw_form_label(view, area, tr("From this moment on"));
  const Box place = area.cut_top(pen.px(kControlHeight));
  const auto now = layout_at(panel_of(view).now, watch.player.position);
  // TRANSLATORS: the layout that each viewer has chosen
  std::vector<std::string> labels{tr("Viewer's")};
  for (const char* label : kLayoutLabels) labels.emplace_back(tr(label));
  const int chosen = now ? static_cast<int>(*now) + 1 : 0;
  if (draw_picker(pen, place, "arrange/layout", std::nullopt, labels[static_cast<std::size_t>(chosen)],
                  tr("How screen and camera stand, until the next change"))) {
    Menu menu{.name = "arrange/layouts", .anchor = place, .width_points = 220};
    for (std::size_t i = 0; i < labels.size(); ++i)
      menu.items.push_back({labels[i], {}, std::nullopt, static_cast<int>(i) == chosen});
    menu.choose = [panel = panel_of(view), at = watch.player.position](Actions& actions, std::size_t item) {
      const auto layout = item == 0 ? std::nullopt : std::optional(static_cast<Layout>(item - 1));
      actions.arrange.arrange(with_layout(panel, at, layout));
    };
    view.overlays.open(std::move(menu));
  }
  area.cut_top(pen.px(12));
}

void draw_place_tools(View& view, Box& area, const Zoom& zoom) {
  Pen& pen = view.pen;
  const WatchState& watch = view.state.watch;
  const ArrangePanel& panel = panel_of(view);
  if (!watch.screen) return;
  draw_form_label(view, area, tr("A place of the screen"));
  if (!zoom.is_on()) {
    draw_hint(view, area, tr("Turn the wheel over the picture to choose one"));
  } else {
    const Size size{watch.screen->width, watch.screen->height};
    const PlacedPart part{zoom.shown(size), size, tool_range(panel, watch.player.position)};
    Box row = begin_row(view, area);
    if (row_button(pen, row, "arrange/solid", tr_in("button", "Cover"),
                   tr("Nobody who watches sees what is there")))
      take_step(view, with_covered(panel, part, CoverKind::Solid));
    if (row_button(pen, row, "arrange/blur", tr_in("button", "Blur"),
                   tr("Nobody who watches can read what is there")))
      take_step(view, with_covered(panel, part, CoverKind::Blur));
    if (row_button(pen, row, "arrange/zoom", tr("Zoom in"), tr("Viewers see it as large as you do now")))
      take_step(view, with_zoom(panel, part));
    row_text(pen, row, range_words(part.range));
  }
  if (!panel.offered_zooms.empty()) {
    Box row = begin_row(view, area);
    if (row_button(pen, row, "arrange/zooms", tr("Zoom in there"),
                   tr("Viewers see it larger where you clicked")))
      take_step(view, with_offered_zooms(panel));
    row_text(pen, row,
             tr_count(panel.offered_zooms.size(), "You clicked: {} place", "You clicked: {} places",
                      panel.offered_zooms.size()));
  }
  for (const PlacedThing& thing : placed_things(panel)) {
    Box row = begin_row(view, area);
    if (row_icon(pen, row, thing.name, icons::kClose, tr("Take it away"))) take_step(view, thing.without);
    row_text(pen, row, thing.words);
  }
  area.cut_top(pen.px(10));
}

void draw_poster(View& view, Box& area) {
  Pen& pen = view.pen;
  const WatchState& watch = view.state.watch;
  const ArrangePanel& panel = panel_of(view);
  if (!watch.has_screen && !watch.has_camera) return;
  draw_form_label(view, area, tr("Picture in lists"));
  Box row = begin_row(view, area);
  if (panel.now.poster &&
      row_icon(pen, row, "arrange/poster/none", icons::kClose, tr("Choose it automatically")))
    take_step(view, with_poster(panel, std::nullopt));
  if (row_button(pen, row, "arrange/poster", tr("Use this one"), tr("The picture that you see now")))
    take_step(view, with_poster(panel, watch.player.position));
  row_text(pen, row,
           panel.now.poster ? tr_format("The one at {}", format_exact_moment(*panel.now.poster))
                            : tr("Chosen automatically"),
           !panel.now.poster);
  area.cut_top(pen.px(10));
}

void draw_uncut(View& view, Box& area) {
  const ArrangePanel& panel = panel_of(view);
  if (!draw_form_switch(view, area,
                        {.name = "arrange/uncut",
                         .label = tr("Others may see the uncut recording"),
                         .tip = tr("By a choice in the update's menu"),
                         .is_on = panel.now.uncut_is_shown}))
    return;
  Arrangement next = panel.now;
  next.uncut_is_shown = !next.uncut_is_shown;
  view.actions.arrange.arrange(next);
}

// Of what is saved: what is only tried can still be taken back.
void draw_removal(View& view, Box& area) {
  const ArrangePanel& panel = panel_of(view);
  if (panel.is_draft || panel.can_undo || (panel.now.parts.empty() && panel.now.covered.empty())) return;
  Pen& pen = view.pen;
  area.cut_top(pen.px(10));
  const Button remove{.name = "arrange/remove",
                      .label = tr("Remove for good"),
                      .kind = ButtonKind::Ghost,
                      .tip = tr("Takes what is cut and covered out of the recording itself")};
  Box row = area.cut_top(pen.px(kControlHeight));
  if (!draw_button(pen, row.cut_left(button_width(pen, remove)), remove)) return;
  view.overlays.ask(
      {tr("Remove it for good?"),
       tr("What is cut and covered is taken out of the recording, here and in the library. It can't be "
          "brought back. Whoever kept or exported the update before still has it."),
       tr("Remove for good"), [](Actions& actions) { actions.arrange.remove_for_good(); }});
}

void draw_buttons(View& view, Box row) {
  Pen& pen = view.pen;
  const Button save{.name = "arrange/save",
                    .label = tr("Save"),
                    .kind = ButtonKind::Primary,
                    .tip = panel_of(view).is_draft ? tr("It is published like this")
                                                   : tr("Everybody sees it so; you can undo it at any time"),
                    .shortcut = tr("Ctrl+Enter")};
  if (draw_button(pen, row.cut_right(button_width(pen, save)), save)) view.actions.arrange.save_arrangement();
  row.cut_right(pen.px(8));
  const Button cancel{
      .name = "arrange/cancel", .label = tr("Cancel"), .kind = ButtonKind::Ghost, .shortcut = tr("Esc")};
  if (draw_button(pen, row.cut_right(button_width(pen, cancel)), cancel)) drop(view);
  if (panel_of(view).now.is_nothing()) return;
  const Button all{.name = "arrange/all",
                   .label = tr("Undo all"),
                   .kind = ButtonKind::Ghost,
                   .tip = tr("As it was recorded")};
  if (draw_button(pen, row.cut_left(button_width(pen, all)), all))
    view.actions.arrange.arrange(Arrangement{});
}

}  // namespace

void draw_arrange_form(View& view, Box area, const Zoom& zoom) {
  Pen& pen = view.pen;
  pen.fill(area, pen.theme.surface);
  pen.line({area.left, area.top, area.left + 1, area.bottom}, pen.theme.border);
  draw_buttons(view, area.cut_bottom(pen.px(kControlHeight + 28)).inset(pen.px(16), pen.px(14)));
  ScrollArea scroll(pen, "arrange/scroll", area);
  Box inside = scroll.content().inset(pen.px(16), pen.px(16));
  inside.bottom = inside.top + pen.px(kTallestForm);
  draw_head(view, inside);
  draw_chosen(view, inside);
  draw_offers(view, inside);
  draw_parts(view, inside);
  draw_more(view, inside);
  draw_layouts(view, inside);
  draw_place_tools(view, inside, zoom);
  draw_poster(view, inside);
  draw_uncut(view, inside);
  draw_removal(view, inside);
  scroll.set_height(inside.top - scroll.content().top + pen.px(16));
}

void leave_arranging(View& view, std::function<void(Actions&)> leave) {
  const auto& panel = view.state.watch.arrange;
  if (!panel || !panel->can_undo) return leave(view.actions);
  view.overlays.ask(
      {tr("Discard your changes?"), tr("Nobody else has seen them yet."), tr("Discard"), std::move(leave)});
}

bool act_on_arrange_key(View& view, const KeyPress& press) {
  ArrangeActions& actions = view.actions.arrange;
  const ArrangePanel& panel = panel_of(view);
  if (press.key == Key::Escape) return drop(view), true;
  if (press.key != Key::Character) return false;
  if (press.control && press.character == 'z')
    return press.shift ? actions.redo_arranging() : actions.undo_arranging(), true;
  if (press.control) return false;
  const MediaTime at = view.state.watch.player.position;
  switch (press.character) {
    case 'i':
      return actions.choose_part(begun_part(panel, at)), true;
    case 'o':
      return actions.choose_part(ended_part(panel, at)), true;
    case 'x':
      cut_marked(view);
      return true;
    default:
      return false;
  }
}

}  // namespace meanwhile
