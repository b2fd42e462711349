#include "app/ui/widgets/clip_grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "app/library/format.h"
#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/clip_card.h"
#include "app/ui/widgets/clip_questions.h"
#include "app/ui/widgets/scroll_area.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kGap = 16;
constexpr float kRowGap = 6;  // of a list
constexpr float kNarrowestCard = 224;
constexpr float kHeading = 32;

// Where each clip of the list stands. A row's headings lie above it, each over the first card of its section:
// a section of one card leaves the rest of the row to the next.
struct Grid {
  int columns = 1;
  float card_width = 0;
  float card_height = 0;
  float gap = 0;  // beside
  float row_gap = 0;
  float heading = 0;
  std::vector<int> begins;  // numbers of the clips with which sections begin, rising
  bool is_list = false;

  [[nodiscard]] float row_step() const { return card_height + row_gap; }
  // In how many rows up to `row` a section begins.
  [[nodiscard]] int headings_up_to(int row) const {
    int count = 0;
    int last = -1;
    for (const int first : begins) {
      if (first / columns > row) break;
      if (std::exchange(last, first / columns) != first / columns) ++count;
    }
    return count;
  }
  // Of a row's cards, from the grid's top.
  [[nodiscard]] float top_of(int row) const {
    return float(row) * row_step() + float(headings_up_to(row)) * heading;
  }
};

int total_of(const InboxState& inbox) {
  return std::max(inbox.total, inbox.first + int(inbox.clips.size()));
}

Grid grid_for(const Pen& pen, float width, const InboxState& inbox, bool is_list) {
  Grid grid{.gap = pen.px(kGap),
            .row_gap = pen.px(is_list ? kRowGap : kGap),
            .heading = pen.px(kHeading),
            .is_list = is_list};
  if (is_list) {
    grid.card_width = width;
    grid.card_height = pen.px(kClipRow);
  } else {
    grid.columns = std::max(1, int((width + grid.gap) / (pen.px(kNarrowestCard) + grid.gap)));
    grid.card_width = std::floor((width - grid.gap * float(grid.columns - 1)) / float(grid.columns));
    grid.card_height = std::round((grid.card_width - pen.px(16)) * 9 / 16) + pen.px(kCardFoot);
  }
  int first = 0;
  for (const InboxSection& section : inbox.sections) {
    if (section.count <= 0) continue;
    grid.begins.push_back(first);
    first += section.count;
  }
  return grid;
}

void ask_to_restore(View& view, const ClipCard& clip) {
  view.overlays.ask(
      {tr("Restore this update?"),
       tr_format("“{}” is shown to everybody again, with its comments.", title_or_untitled(clip.title)),
       tr("Restore"), [id = clip.id](Actions& actions) { actions.clips.restore_clip(id); }, false});
}

// What can be done with it without opening it.
void open_clip_menu(View& view, const Box& anchor, const ClipCard& clip) {
  if (!clip.deleted.empty()) return;
  Menu menu{.name = "clip/menu", .anchor = anchor, .width_points = 200};
  std::vector<std::function<void(Actions&)>> choices;
  const auto add = [&](MenuItem item, std::function<void(Actions&)> choose) {
    menu.items.push_back(std::move(item));
    choices.push_back(std::move(choose));
  };
  const std::string id = clip.id;
  add({tr_in("button", "Watch"), {}, icons::kPlay}, [id](Actions& actions) { actions.app.open_clip(id); });
  if (clip.is_new)
    add({tr("Mark as watched"), tr("For you only"), icons::kWatched},
        [id](Actions& actions) { actions.inbox.mark_watched(id); });
  add({tr("Copy link"), {}, icons::kLink}, [id](Actions& actions) { actions.clips.copy_link(id); });
  if (!clip.is_live)
    add({tr("Share…"), tr("Outside the library"), icons::kSend}, [id](Actions& actions) {
      actions.app.open_clip(id);
      actions.shares.begin_share(id);
    });
  add({tr("Keep offline"), clip.is_kept && !clip.is_here ? tr("Being fetched") : "", icons::kKept,
       clip.is_kept},
      [id, is_kept = clip.is_kept](Actions& actions) { actions.clips.keep_clip(id, !is_kept); });
  add({clip.is_archived ? tr("Back to the Inbox") : tr_in("a verb, in a menu", "Archive"),
       {},
       clip.is_archived ? icons::kUnarchive : icons::kArchive},
      [id, is_archived = clip.is_archived](Actions& actions) {
        actions.inbox.archive_clip(id, !is_archived);
      });
  if (clip.is_mine)
    add({.label = tr("Delete"), .detail = {}, .icon = icons::kDelete, .is_dangerous = true},
        [id, overlays = &view.overlays](Actions&) { ask_to_delete_clip(*overlays, id); });
  menu.choose = [choices](Actions& actions, std::size_t item) { choices[item](actions); };
  view.overlays.open(std::move(menu));
}

void draw_archive(View& view, const Box& card, const ClipCard& clip, bool is_row) {
  if (!clip.deleted.empty()) return;
  Pen& pen = view.pen;
  const std::string name = fmt::format("clip/{}/archive", clip.id);
  const float size = pen.px(30);
  const float top = is_row ? card.middle().y - size / 2 : card.bottom - pen.px(kCardFoot) + pen.px(12);
  const Box box = box_at(card.right - pen.px(10) - size, top, size, size);
  if (draw_icon_button(
          pen, box,
          {.name = name,
           .icon = clip.is_archived ? icons::kUnarchive : icons::kArchive,
           .tip = clip.is_archived ? tr("Back to the Inbox") : tr("Archive: out of your Inbox, for you only"),
           .size = IconSize::Small}))
    view.actions.inbox.archive_clip(clip.id, !clip.is_archived);
}

void draw_clip(View& view, const Box& box, const ClipCard& clip, bool is_row) {
  const Response response = is_row ? draw_clip_row(view.pen, box, clip) : draw_clip_card(view.pen, box, clip);
  if (response.is_clicked && clip.deleted.empty()) view.actions.app.open_clip(clip.id);
  if (response.is_clicked && clip.can_restore) ask_to_restore(view, clip);
  if (response.wants_menu) open_clip_menu(view, response.is_focused ? box : pointer_anchor(), clip);
  draw_archive(view, box, clip, is_row);
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

Box clip_place(const Grid& grid, const Box& area, int number) {
  const int column = number % grid.columns;
  return box_at(area.left + float(column) * (grid.card_width + grid.gap),
                area.top + grid.top_of(number / grid.columns), grid.card_width, grid.card_height);
}

void draw_headings(View& view, const ScrollArea& scroll, const Grid& grid, const Box& area) {
  Pen& pen = view.pen;
  std::size_t begun = 0;
  for (const InboxSection& section : view.state.inbox.sections) {
    if (section.count <= 0) continue;
    const int first = grid.begins[begun++];
    const Box card = clip_place(grid, area, first);
    Box heading{card.left, card.top - grid.heading, area.right, card.top};
    const bool shares_row =
        begun < grid.begins.size() && grid.begins[begun] / grid.columns == first / grid.columns;
    if (shares_row) heading.right = clip_place(grid, area, grid.begins[begun]).left - grid.gap;
    if (scroll.shows(heading))
      pen.text(heading, TextStyle::CaptionStrong, pen.theme.soft_text,
               fmt::format("{} · {}", section.label, section.count));
  }
}

// The first row that may be seen: none before it reaches down to `top`.
int first_row(const Grid& grid, float top) {
  const float most_headings = float(grid.begins.size()) * grid.heading;
  return std::max(0, int((top - most_headings) / grid.row_step()) - 1);
}

void draw_clips(View& view, const ScrollArea& scroll, const Grid& grid, const Box& area, Seen& seen) {
  const InboxState& inbox = view.state.inbox;
  const int total = total_of(inbox);
  for (int number = first_row(grid, scroll.drawn().top - area.top) * grid.columns; number < total; ++number) {
    const Box box = clip_place(grid, area, number);
    if (box.top > scroll.drawn().bottom) break;
    if (!scroll.shows(box)) continue;
    seen.add(number);
    const int loaded = number - inbox.first;
    const bool is_here = loaded >= 0 && loaded < int(inbox.clips.size());
    is_here ? draw_clip(view, box, inbox.clips[std::size_t(loaded)], grid.is_list)
            : draw_waiting(view.pen, box);
  }
}

}  // namespace

float draw_clip_grid(View& view, const ScrollArea& scroll, const Box& area) {
  const Grid grid =
      grid_for(view.pen, area.width(), view.state.inbox, view.state.settings.chosen.inbox_as_list);
  Seen seen;
  {
    const SpokenGroup group(view.pen.input.narration(), "clips", area,
                            {.role = AccessibleRole::List, .name = tr("Updates")});
    draw_headings(view, scroll, grid, area);
    draw_clips(view, scroll, grid, area, seen);
  }
  // Last: loading changes what was drawn from.
  const InboxState& inbox = view.state.inbox;
  const int rows = (total_of(inbox) + grid.columns - 1) / grid.columns;
  const bool is_loaded = seen.first >= inbox.first && seen.last < inbox.first + int(inbox.clips.size());
  if (seen.first >= 0 && !is_loaded) view.actions.inbox.show_clips(seen.first, seen.last - seen.first + 1);
  return rows == 0 ? 0 : grid.top_of(rows - 1) + grid.row_step();
}

}  // namespace meanwhile
