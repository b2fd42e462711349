#include "app/ui/widgets/watch_extras.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

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
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr double kAsGoodAsWhole = 0.9;

std::string watched_words(const WatcherView& watcher) {
  return watcher.watched >= kAsGoodAsWhole ? "" : fmt::format("{:.0f} %", watcher.watched * 100);
}

// A list to look at, and the switch of what others see of oneself here.
void open_watchers(View& view, const Box& anchor) {
  const WatchState& watch = view.state.watch;
  Menu menu{.name = "seen/menu", .anchor = anchor, .width_points = 280};
  for (const WatcherView& watcher : watch.seen_by)
    menu.items.push_back({watcher.person.name, watched_words(watcher), icons::kPerson});
  menu.items.push_back({watch.clip.channel.empty()
                            ? tr("Share my viewing")
                            : tr_format("Share my viewing in # {}", watch.clip.channel),
                        {},
                        icons::kSeen,
                        watch.shares_watching});
  menu.choose = [count = watch.seen_by.size(), shares = watch.shares_watching](Actions& actions,
                                                                               std::size_t item) {
    if (item == count) actions.watch.share_watching_here(!shares);
  };
  view.overlays.open(std::move(menu));
}

}  // namespace

void draw_seen_by(View& view, Box& row) {
  Pen& pen = view.pen;
  const WatchState& watch = view.state.watch;
  if (watch.clip.id.empty() || watch.clip.is_live) return;
  const std::string label = watch.seen_by.empty() ? tr("No one else has watched yet")
                                                  // TRANSLATORS: {} is how many people.
                                                  : tr_count(watch.seen_by.size(), "Seen by {}", "Seen by {}",
                                                             watch.seen_by.size());
  const Button seen{.name = "seen",
                    .label = label,
                    .icon = icons::kSeen,
                    .kind = ButtonKind::Ghost,
                    .tip = watch.seen_by.empty()
                               ? tr("No one has watched it yet (of those who share their viewing)")
                               : tr("Who has watched it, of those who share their viewing")};
  const float width = button_width(pen, seen);
  if (row.width() < width + pen.px(280)) return;
  const Box box = row.cut_right(width).centered(width, pen.px(kControlHeight));
  row.cut_right(pen.px(6));
  if (draw_button(pen, box, seen)) open_watchers(view, box);
}

void draw_queue(View& view, Box& row) {
  Pen& pen = view.pen;
  const QueueView& queue = view.state.watch.queue;
  if (!queue.is_on) return;
  // TRANSLATORS: the next update, {} is its title.
  const std::string label = queue.left == 0 ? tr("The last one") : tr_format("Next: {}", queue.next_title);
  const Button next{.name = "queue/next",
                    .label = label,
                    .icon = icons::kSkipNext,
                    .kind = ButtonKind::Secondary,
                    .is_enabled = queue.left > 0,
                    .tip = queue.left > 1 ? tr("The next update; more follow") : tr("The next update"),
                    .shortcut = "N"};
  const float width = std::min(button_width(pen, next), std::min(pen.px(300), row.width() * 0.45F));
  const Box box = row.cut_right(width).centered(width, pen.px(kControlHeight));
  row.cut_right(pen.px(8));
  if (draw_button(pen, box, next)) view.actions.queue.play_next();
}

void draw_next_up(View& view, const Box& picture) {
  Pen& pen = view.pen;
  const QueueView& queue = view.state.watch.queue;
  if (queue.countdown == 0) return;
  const float width = std::min(pen.px(340), picture.width() - pen.px(32));
  const Box box =
      box_at(picture.right - width - pen.px(16), picture.bottom - pen.px(136), width, pen.px(120));
  pen.shadow(box, 12);
  pen.fill(box, pen.theme.surface, 12);
  pen.outline(box, pen.theme.border, 12);
  pen.input.part("next-up/ground", box, Focus::Skips);
  // TRANSLATORS: the next update, {} is its title.
  const std::string spoken = tr_format("Next: {}", queue.next_title);
  const SpokenGroup group(pen.input.narration(), "next-up", box,
                          {.role = AccessibleRole::Notice, .name = spoken});
  Box inside = box.inset(pen.px(14));
  pen.text(inside.cut_top(pen.px(18)), TextStyle::Caption, pen.theme.soft_text,
           // TRANSLATORS: {0} counts the seconds down, {1} is how many updates follow.
           tr_count(std::uint64_t(queue.left), "Next in {} s, {} left", "Next in {} s, {} left",
                    queue.countdown, queue.left));
  pen.text(inside.cut_top(pen.px(24)), TextStyle::BodyStrong, pen.theme.text, queue.next_title);
  Box buttons = inside.cut_bottom(pen.px(kControlHeight));
  Box left = buttons.cut_left((buttons.width() - pen.px(8)) / 2);
  buttons.cut_left(pen.px(8));
  if (draw_button(pen, left, {.name = "next-up/stay", .label = tr("Stay here")}))
    return view.actions.queue.leave();
  if (draw_button(pen, buttons,
                  {.name = "next-up/now",
                   .label = tr_in("button", "Now"),
                   .icon = icons::kSkipNext,
                   .kind = ButtonKind::Primary}))
    view.actions.queue.play_next();
}

}  // namespace meanwhile
