#include "app/ui/widgets/found_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "app/library/format.h"
#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/scroll_area.h"
#include "media/base/media_time.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kFoundHeading = 36;
constexpr float kFoundRow = 60;

struct Kind {
  FoundKind kind;
  const char* heading;
  Icon icon;
};
constexpr std::array<Kind, 4> kKinds{{{FoundKind::Title, tr_later("Updates"), icons::kFilm},
                                      {FoundKind::Person, tr_later("People"), icons::kPerson},
                                      {FoundKind::Comment, tr_later("Comments"), icons::kComment},
                                      {FoundKind::Caption, tr_later("Said in updates"), icons::kCaption}}};

bool has_moment(FoundKind kind) {
  return kind == FoundKind::Comment || kind == FoundKind::Caption;
}

std::string details(const FoundView& found) {
  std::string line =
      has_moment(found.kind)
          // TRANSLATORS: {0} is a moment such as 1:23, {1} an update's title.
          ? tr_format("{} in “{}”", format_moment(found.at), title_or_untitled(found.title))
          : found.kind == FoundKind::Person ? std::string(title_or_untitled(found.title)) : found.author.name;
  line += " · " + found.age;
  return found.place.empty() ? line : line + " · " + found.place;
}

void draw_found(View& view, const Box& box, const FoundView& found, const Kind& kind, std::size_t number) {
  Pen& pen = view.pen;
  const std::string part = fmt::format("found/{}", number);
  const std::string name = fmt::format("{}: {}", title_or_untitled(found.text), details(found));
  const Response response = pen.input.part(
      part, box, {.role = AccessibleRole::ListItem, .name = name, .description = found.sent_at});
  pen.fill(box, faded(pen.theme.hover, response.glow), 10);
  if (response.is_focused) pen.ring(box, 10);
  Box row = box.inset(pen.px(12), 0);
  const Box mark = row.cut_left(pen.px(32)).centered(pen.px(32), pen.px(32));
  if (kind.kind == FoundKind::Person) {
    draw_avatar(pen, mark, found.author);
  } else {
    pen.icon(mark, kind.icon, IconSize::Medium, pen.theme.faint_text);
  }
  row.cut_left(pen.px(14));
  Box words = row.centered(row.width(), pen.px(42));
  pen.text(words.cut_top(pen.px(22)), TextStyle::Body, pen.theme.text, title_or_untitled(found.text));
  pen.text(words, TextStyle::Caption, pen.theme.soft_text, details(found));
  if (!found.sent_at.empty()) pen.tooltip(part, box, found.sent_at);
  if (!response.is_clicked) return;
  has_moment(found.kind) ? view.actions.app.open_clip_at(found.clip, found.at)
                         : view.actions.app.open_clip(found.clip);
}

}  // namespace

float draw_found_list(View& view, const ScrollArea& scroll, const Box& area) {
  Pen& pen = view.pen;
  const auto& all = view.state.inbox.found;
  Box rest = area;
  for (const Kind& kind : kKinds) {
    const auto count = std::ranges::count(all, kind.kind, &FoundView::kind);
    if (count == 0) continue;
    pen.text(rest.cut_top(pen.px(kFoundHeading)), TextStyle::CaptionStrong, pen.theme.soft_text,
             fmt::format("{} · {}", tr(kind.heading), count));
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].kind != kind.kind) continue;
      const Box box = rest.cut_top(pen.px(kFoundRow));
      if (scroll.shows(box)) draw_found(view, box, all[i], kind, i);
    }
  }
  return rest.top - area.top;
}

}  // namespace meanwhile
