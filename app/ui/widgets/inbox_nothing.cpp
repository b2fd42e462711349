#include "app/ui/widgets/inbox_nothing.h"

#include <fmt/format.h>

#include <string_view>

#include "app/platform/icons.h"
#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/pieces.h"

namespace meanwhile {

std::string_view no_clips_words(const InboxState& inbox) {
  if (!inbox.search.empty()) return "Nothing found.";
  if (inbox.filter == InboxFilter::Unwatched) return "You are up to date: everything here has been watched.";
  if (inbox.filter == InboxFilter::Mine) return "Nothing from you is published here yet.";
  if (inbox.filter == InboxFilter::Archived) return "Nothing is archived.";
  return "No updates here yet.";
}

void draw_inbox_nothing(View& view, const Box& area) {
  Pen& pen = view.pen;
  const InboxState& inbox = view.state.inbox;
  if (inbox.load == LoadState::Loading) {
    draw_empty(pen, area, icons::kSync, "Opening the library…",
               "Updates appear here as soon as they are read.");
    return;
  }
  if (inbox.load == LoadState::Failed) {
    const Box place = draw_empty(pen, area, icons::kOffline, "The library can't be reached", inbox.failure);
    const Button retry{.name = "retry", .label = "Try again", .icon = icons::kSync};
    if (draw_button(pen, place.centered(button_width(pen, retry), place.height()), retry))
      view.actions.libraries.sync_now();
    return;
  }
  if (!inbox.search.empty()) {
    const Box place =
        draw_empty(pen, area, icons::kSearch, "Nothing found",
                   fmt::format("No title, name, comment or caption has “{}” in it.", inbox.search));
    const Button clear{.name = "clear-search", .label = "Clear search"};
    if (draw_button(pen, place.centered(button_width(pen, clear), place.height()), clear))
      view.actions.inbox.search("");
    return;
  }
  if (inbox.filter == InboxFilter::Trash) {
    draw_empty(pen, area, icons::kDelete, "The trash is empty",
               "Deleted updates stay here for 30 days and can be restored.");
    return;
  }
  if (inbox.filter == InboxFilter::Archived) {
    draw_empty(
        pen, area, icons::kArchive, "Nothing is archived",
        "What you archive leaves your Inbox, and only yours. It comes back by itself when somebody answers "
        "or asks you there.");
    return;
  }
  if (inbox.filter != InboxFilter::All) {
    const bool is_unwatched = inbox.filter == InboxFilter::Unwatched;
    const Box place =
        draw_empty(pen, area, is_unwatched ? icons::kResolve : icons::kFilm,
                   is_unwatched ? "You are up to date" : "Nothing from you yet",
                   is_unwatched ? "Everything here has been watched. New updates show up by themselves."
                                : "What you record and publish is listed here.");
    const Button all{.name = "show-all", .label = "Show all updates"};
    if (draw_button(pen, place.centered(button_width(pen, all), place.height()), all))
      view.actions.inbox.choose_filter(InboxFilter::All);
    return;
  }
  const Box place =
      draw_empty(pen, area, icons::kCamera, "No updates yet",
                 "Record the first one: your screen, your face and your voice. Teammates see it here once "
                 "they use the same library (Settings).");
  const Button record{.name = "first",
                      .label = "Record an update",
                      .icon = icons::kCamera,
                      .kind = ButtonKind::Primary,
                      .tip = "Record an update",
                      .shortcut = "Ctrl+R"};
  if (draw_button(pen, place.centered(button_width(pen, record), place.height()), record))
    view.actions.app.show_page(PageId::Record);
}

}  // namespace meanwhile
