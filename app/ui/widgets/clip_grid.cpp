#include "app/ui/widgets/clip_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "app/library/format.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/platform/icons.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/clip_card.h"
#include "app/ui/widgets/scroll_area.h"

namespace meanwhile {
namespace {

constexpr float kGap = 16;
constexpr float kNarrowestCard = 248;
constexpr float kHeading = 36;

struct Grid {
  int columns = 1;
  float card_width = 0;
  float card_height = 0;
  float gap = 0;
  float row() const { return card_height + gap; }
};

Grid grid_for(const Pen& pen, float width) {
  Grid grid{.gap = pen.px(kGap)};
  grid.columns = std::max(1, int((width + grid.gap) / (pen.px(kNarrowestCard) + grid.gap)));
  grid.card_width = std::floor((width - grid.gap * float(grid.columns - 1)) / float(grid.columns));
  grid.card_height = std::round((grid.card_width - pen.px(16)) * 9 / 16) + pen.px(kCardFoot);
  return grid;
}

int total_of(const InboxState& inbox) {
  return std::max(inbox.total, inbox.first + int(inbox.clips.size()));
}

std::vector<InboxSection> sections_of(const InboxState& inbox) {
  if (!inbox.sections.empty()) return inbox.sections;
  return {{.label = "", .count = total_of(inbox)}};
}

void ask_to_restore(View& view, const ClipCard& clip) {
  view.overlays.ask(
      {"Bring this clip back?",
       fmt::format("“{}” is shown to everybody again, with its comments.", title_or_untitled(clip.title)),
       "Restore", [id = clip.id](Actions& actions) { actions.clips.restore_clip(id); }, false});
}

void draw_archive(View& view, const Box& card, const ClipCard& clip) {
  if (!clip.deleted.empty()) return;
  Pen& pen = view.pen;
  const std::string name = fmt::format("clip/{}/archive", clip.id);
  const float size = pen.px(30);
  const Box box =
      box_at(card.right - pen.px(10) - size, card.bottom - pen.px(kCardFoot) + pen.px(14), size, size);
  if (draw_icon_button(
          pen, box,
          {.name = name,
           .icon = clip.is_archived ? icons::kUnarchive : icons::kArchive,
           .tip = clip.is_archived ? "Back to the Inbox" : "Archive: out of your Inbox, for you only",
           .size = IconSize::Small}))
    view.actions.inbox.archive_clip(clip.id, !clip.is_archived);
}

void draw_card(View& view, const Box& box, const ClipCard& clip) {
  const bool is_pressed = draw_clip_card(view.pen, box, clip);
  if (is_pressed && clip.deleted.empty()) view.actions.app.open_clip(clip.id);
  if (is_pressed && clip.can_restore) ask_to_restore(view, clip);
  draw_archive(view, box, clip);
}

void draw_waiting(Pen& pen, const Box& box) {
  pen.fill(box, pen.theme.surface, 12);
  pen.outline(box, pen.theme.border, 12);
}

// What of the list is seen.
struct Seen {
  int first = -1;
  int last = -1;
  void add(int number) {
    first = first < 0 ? number : first;
    last = number;
  }
};

// The cards of a section, whose first one is number `first` of the list.
void draw_section(View& view, const ScrollArea& scroll, const Grid& grid, const Box& area, int first,
                  int count, Seen& seen) {
  const InboxState& inbox = view.state.inbox;
  const int rows = (count + grid.columns - 1) / grid.columns;
  const int from = std::max(0, int((scroll.drawn().top - area.top) / grid.row()));
  for (int row = from; row < rows; ++row) {
    const float top = area.top + float(row) * grid.row();
    if (top > scroll.drawn().bottom) break;
    for (int column = 0; column < grid.columns && row * grid.columns + column < count; ++column) {
      const int number = first + row * grid.columns + column;
      const Box box = box_at(area.left + float(column) * (grid.card_width + grid.gap), top, grid.card_width,
                             grid.card_height);
      if (!scroll.shows(box)) continue;
      seen.add(number);
      const int loaded = number - inbox.first;
      const bool is_here = loaded >= 0 && loaded < int(inbox.clips.size());
      is_here ? draw_card(view, box, inbox.clips[std::size_t(loaded)]) : draw_waiting(view.pen, box);
    }
  }
}

}  // namespace

float draw_clip_grid(View& view, const ScrollArea& scroll, const Box& area) {
  Pen& pen = view.pen;
  const Grid grid = grid_for(pen, area.width());
  Box rest = area;
  Seen seen;
  int first = 0;
  for (const InboxSection& section : sections_of(view.state.inbox)) {
    if (section.count <= 0) continue;
    if (!section.label.empty()) {
      const Box heading = rest.cut_top(pen.px(kHeading));
      if (scroll.shows(heading))
        pen.text(heading, TextStyle::CaptionStrong, pen.theme.soft_text,
                 fmt::format("{} · {}", section.label, section.count));
    }
    draw_section(view, scroll, grid, rest, first, section.count, seen);
    rest.cut_top(float((section.count + grid.columns - 1) / grid.columns) * grid.row());
    first += section.count;
  }
  // Last: loading changes what was drawn from.
  const InboxState& inbox = view.state.inbox;
  const bool is_loaded = seen.first >= inbox.first && seen.last < inbox.first + int(inbox.clips.size());
  if (seen.first >= 0 && !is_loaded) view.actions.inbox.show_clips(seen.first, seen.last - seen.first + 1);
  return rest.top - area.top;
}

}  // namespace meanwhile
