#include "app/ui/widgets/take_cards.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "app/library/format.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/pieces.h"
#include "media/base/media_time.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kTakeHeight = 76;

void draw_take_words(Pen& pen, Box row, const TakeCard& take) {
  Box words = row.centered(row.width(), pen.px(44));
  pen.text(words.cut_top(pen.px(22)), TextStyle::BodyStrong, pen.theme.text, title_or_untitled(take.title));
  Box line = words;
  if (take.is_recovered) {
    pen.icon(line.cut_left(pen.px(16)), icons::kRecovered, IconSize::Small, pen.theme.warning);
    line.cut_left(pen.px(6));
  }
  pen.text(line, TextStyle::Caption, take.is_recovered ? pen.theme.warning : pen.theme.soft_text,
           fmt::format("{} · {} · {}", take.state, format_moment(take.duration), take.age));
}

void draw_take(View& view, const Box& box, const TakeCard& take) {
  Pen& pen = view.pen;
  pen.fill(box, pen.theme.surface, 12);
  pen.outline(box, pen.theme.border, 12);
  Box row = box.inset(pen.px(10));
  const Box poster = row.cut_left(std::round(row.height() * 16 / 9));
  pen.fill(poster, pen.theme.stage, 6);
  pen.icon(poster, icons::kFilm, IconSize::Medium, pen.theme.faint_text);
  pen.picture(poster, "take/" + take.id, take.poster, 6, pen.theme.surface);
  row.cut_left(pen.px(14));
  const std::string open = fmt::format("take/{}/open", take.id);
  const Button publish{.name = open,
                       .label = take.is_on_its_way ? tr_in("button", "Show") : tr("Review and publish"),
                       .kind = take.is_on_its_way ? ButtonKind::Secondary : ButtonKind::Primary};
  const Box button = row.cut_right(button_width(pen, publish));
  if (draw_button(pen, button.centered(button.width(), pen.px(kControlHeight)), publish))
    view.actions.app.open_take(take.id);
  row.cut_right(pen.px(4));
  const std::string discard = fmt::format("take/{}/discard", take.id);
  const Box bin = row.cut_right(pen.px(36)).centered(pen.px(36), pen.px(36));
  if (draw_icon_button(pen, bin, {.name = discard, .icon = icons::kDelete, .tip = tr("Discard this draft")}))
    view.overlays.ask({tr("Discard this draft?"), tr("This draft isn't published and can't be restored."),
                       tr("Discard"), [id = take.id](Actions& actions) { actions.inbox.discard_take(id); }});
  row.cut_right(pen.px(12));
  draw_take_words(pen, row, take);
}

std::string takes_heading(const std::vector<TakeCard>& takes) {
  const auto on_their_way = std::ranges::count_if(takes, &TakeCard::is_on_its_way);
  const auto waiting = std::ssize(takes) - on_their_way;
  const std::string going =
      tr_count(std::uint64_t(on_their_way), "{} draft on the way", "{} drafts on the way", on_their_way);
  if (waiting == 0) return going;
  return tr_format("Drafts · {}", waiting) + (on_their_way > 0 ? " · " + going : "");
}

}  // namespace

float draw_take_cards(View& view, const Box& area) {
  Pen& pen = view.pen;
  Box rest = area;
  pen.text(rest.cut_top(pen.px(20)), TextStyle::CaptionStrong, pen.theme.soft_text,
           takes_heading(view.state.inbox.takes));
  rest.cut_top(pen.px(8));
  for (const TakeCard& take : view.state.inbox.takes) {
    draw_take(view, rest.cut_top(pen.px(kTakeHeight)), take);
    rest.cut_top(pen.px(8));
  }
  rest.cut_top(pen.px(16));
  return rest.top - area.top;
}

}  // namespace meanwhile
