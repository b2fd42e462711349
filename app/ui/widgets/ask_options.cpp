#include "app/ui/widgets/ask_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/library/events.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/draft.h"
#include "app/ui/icons.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"

namespace meanwhile {
namespace {

std::string people_words(const WatchState& state) {
  const std::vector<std::string>& asked = state.draft.ask->people;
  if (asked.empty()) return "Everyone";
  if (asked.size() > 1) return fmt::format("{} people", asked.size());
  const auto person = std::ranges::find(state.answers.people, asked.front(), &PersonView::id);
  return person == state.answers.people.end() ? "1 person" : person->name;
}

void open_people(View& view, const Box& anchor) {
  const WatchState& state = view.state.watch;
  Menu menu{.name = "ask-for/menu", .anchor = anchor, .width_points = 240};
  menu.items.push_back(
      {.label = "Everyone", .detail = {}, .icon = {}, .is_checked = state.draft.ask->people.empty()});
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
  Menu menu{.name = "ask-by/menu", .anchor = anchor, .width_points = 200};
  menu.items.push_back({.label = "No time", .detail = {}, .icon = {}});
  const std::vector<ReplyByView> times = view.state.watch.answers.reply_by;
  for (const ReplyByView& time : times) menu.items.push_back({.label = time.label, .detail = {}, .icon = {}});
  menu.choose = [times](Actions& actions, std::size_t item) {
    actions.answers.choose_reply_by(item == 0 ? std::nullopt : std::optional(times[item - 1]));
  };
  view.overlays.open(std::move(menu));
}

}  // namespace

float ask_options_height(const Pen& pen) {
  return pen.px(2 * 36 + 16);
}

void draw_ask_options(View& view, Box area) {
  Pen& pen = view.pen;
  const AskDraft& ask = *view.state.watch.draft.ask;
  area.cut_top(pen.px(8));
  if (const auto kind = draw_segments(pen, area.cut_top(pen.px(34)), "ask-kind",
                                      {"Decision", "Answer", "Know"}, int(ask.kind)))
    view.actions.answers.choose_ask_kind(AskKind(*kind));
  area.cut_top(pen.px(6));
  Box row = area.cut_top(pen.px(34));
  const Box people = row.cut_left(row.width() / 2 - pen.px(4));
  row.cut_left(pen.px(8));
  if (draw_picker(pen, people, "ask-for", icons::kPerson, people_words(view.state.watch), "Whom you ask"))
    open_people(view, people);
  const std::string by = ask.by_label.empty() ? "No time" : ask.by_label;
  if (draw_picker(pen, row, "ask-by", icons::kUntilNow, by, "Until when, in your time"))
    open_times(view, row);
}

}  // namespace meanwhile
