#include "app/ui/widgets/ask_options.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/library/events.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/draft.h"
#include "app/ui/narration.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/text_field.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kRow = 40;

std::string people_words(const WatchState& state) {
  const std::vector<std::string>& asked = state.draft.ask->people;
  if (asked.empty()) return tr("Everyone");
  const auto person = std::ranges::find(state.answers.people, asked.front(), &PersonView::id);
  if (asked.size() == 1 && person != state.answers.people.end()) return person->name;
  return tr_count(asked.size(), "{} person", "{} people", asked.size());
}

void open_people(View& view, const Box& anchor) {
  const WatchState& state = view.state.watch;
  Menu menu{.name = "ask-for/menu", .anchor = anchor, .width_points = 240};
  menu.items.push_back(
      {.label = tr("Everyone"), .detail = {}, .icon = {}, .is_checked = state.draft.ask->people.empty()});
  std::vector<std::string> ids = {""};
  for (const PersonView& person : state.answers.people) {
    const bool is_asked =
        std::ranges::find(state.draft.ask->people, person.id) != state.draft.ask->people.end();
    menu.items.push_back(
        {.label = person.name, .detail = {}, .icon = icons::kPerson, .is_checked = is_asked});
    ids.push_back(person.id);
  }
  menu.choose = [ids](Actions& actions, std::size_t item) { actions.answers.toggle_asked(ids[item]); };
  view.overlays.open(std::move(menu));
}

void open_times(View& view, const Box& anchor) {
  Menu menu{.name = "ask-by/menu", .anchor = anchor, .width_points = 320};
  menu.items.push_back({.label = tr("No deadline"), .detail = {}, .icon = {}});
  const std::vector<ReplyByView> times = view.state.watch.answers.deadline.choices;
  for (const ReplyByView& time : times)
    menu.items.push_back({.label = time.label, .detail = time.theirs, .icon = {}});
  menu.items.push_back({.label = tr("Another time…"), .detail = {}, .icon = {}});
  menu.choose = [times](Actions& actions, std::size_t item) {
    if (item > times.size()) return actions.answers.type_deadline("");
    actions.answers.choose_deadline(item == 0 ? std::nullopt : std::optional(times[item - 1].at));
  };
  view.overlays.open(std::move(menu));
}

std::string deadline_label(const WatchState& state) {
  // TRANSLATORS: a day and a time, by which an answer is needed
  if (state.answers.deadline.chosen) return tr_format("By {}", state.answers.deadline.chosen->label);
  return state.draft.ask->by_typed ? tr("Another time") : tr("No deadline");
}

// There is something to say of the chosen time: what it is elsewhere, and whether nobody works then.
bool has_note(const DeadlineView& deadline) {
  return deadline.chosen && !(deadline.chosen->theirs.empty() && deadline.outside.empty());
}

// One that is meant all the same stays as it is.
void draw_note(View& view, Box row) {
  Pen& pen = view.pen;
  const DeadlineView& deadline = view.state.watch.answers.deadline;
  if (deadline.moved) {
    // TRANSLATORS: another time, moved into their working hours; then what it is there: "Berlin: 16:00 there"
    const std::string tip = tr_format("Into their hours instead. {}", deadline.moved->theirs);
    const Button move{
        .name = "ask-move", .label = deadline.moved->label, .kind = ButtonKind::Secondary, .tip = tip};
    if (draw_button(pen, row.cut_right(button_width(pen, move)), move))
      view.actions.answers.choose_deadline(deadline.moved->at);
    row.cut_right(pen.px(8));
  }
  const std::string& theirs = deadline.chosen->theirs;
  Box lines = row.centered(row.width(), pen.px(deadline.outside.empty() || theirs.empty() ? 17 : 34));
  if (!deadline.outside.empty())
    pen.text(lines.cut_top(pen.px(17)), TextStyle::Caption, pen.theme.warning, deadline.outside);
  if (!theirs.empty()) pen.text(lines, TextStyle::Caption, pen.theme.soft_text, theirs);
}

}  // namespace

float ask_options_height(const Pen& pen, const WatchState& state) {
  const int rows = 3 + int(state.draft.ask->by_typed.has_value()) + int(has_note(state.answers.deadline));
  return pen.px(float(rows) * kRow + 8);
}

void draw_ask_options(View& view, Box area, bool time_takes_focus) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  const auto next_row = [&] {
    Box row = area.cut_top(pen.px(kRow));
    return row.cut_top(pen.px(34));
  };
  area.cut_top(pen.px(8));
  pen.input.narration().set_label(tr("What kind of question"));
  if (const auto kind = draw_segments(pen, next_row(), "ask-kind",
                                      {tr("Decision"), tr("Answer needed"), tr("For information")},
                                      int(state.draft.ask->kind)))
    view.actions.answers.choose_ask_kind(AskKind(*kind));
  pen.input.narration().set_label({});
  const Box people = next_row();
  if (draw_picker(pen, people, "ask-for", icons::kPerson, people_words(state), tr("Who")))
    open_people(view, people);
  const Box time = next_row();
  if (draw_picker(pen, time, "ask-by", icons::kUntilNow, deadline_label(state), tr("By when, in your time")))
    open_times(view, time);
  if (state.draft.ask->by_typed) {
    const auto typed = draw_text_field(
        pen, next_row(),
        {.name = "ask-time",
         .text = *state.draft.ask->by_typed,
         // TRANSLATORS: what may be typed; days are read in English and in the reader's language.
         .hint = tr("Thu 16:00, or 2026-12-03 16:00"),
         .spoken = tr("Another time"),
         .takes_focus = time_takes_focus});
    if (typed.edited) view.actions.answers.type_deadline(*typed.edited);
  }
  if (has_note(state.answers.deadline)) draw_note(view, next_row());
}

}  // namespace meanwhile
