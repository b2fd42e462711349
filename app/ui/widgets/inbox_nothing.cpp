#include "app/ui/widgets/inbox_nothing.h"

#include <string_view>

#include "app/platform/icons.h"
#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/pieces.h"
#include "media/base/translation.h"

namespace meanwhile {

std::string_view no_clips_words(const InboxState& inbox) {
  if (!inbox.search.empty()) return tr("Nothing found.");
  if (inbox.filter == InboxFilter::Unwatched)
    return tr("You are up to date: everything here has been watched.");
  if (inbox.filter == InboxFilter::Mine) return tr("Nothing from you is published here yet.");
  if (inbox.filter == InboxFilter::Archived) return tr("Nothing is archived.");
  return tr("No updates here yet.");
}

void draw_inbox_nothing(View& view, const Box& area) {
  Pen& pen = view.pen;
  const InboxState& inbox = view.state.inbox;
  if (inbox.load == LoadState::Loading) {
    draw_empty(pen, area, icons::kSync, tr("Opening the library…"),
               tr("Updates appear here as soon as they are read."));
    return;
  }
  if (inbox.load == LoadState::Failed) {
    const Box place =
        draw_empty(pen, area, icons::kOffline, tr("The library can't be reached"), inbox.failure);
    const Button retry{.name = "retry", .label = tr("Try again"), .icon = icons::kSync};
    if (draw_button(pen, place.centered(button_width(pen, retry), place.height()), retry))
      view.actions.libraries.sync_now();
    return;
  }
  if (!inbox.search.empty()) {
    const Box place =
        draw_empty(pen, area, icons::kSearch, tr("Nothing found"),
                   tr_format("No title, name, comment or caption has “{}” in it.", inbox.search));
    const Button clear{.name = "clear-search", .label = tr("Clear search")};
    if (draw_button(pen, place.centered(button_width(pen, clear), place.height()), clear))
      view.actions.inbox.search("");
    return;
  }
  if (inbox.filter == InboxFilter::Trash) {
    draw_empty(pen, area, icons::kDelete, tr("The trash is empty"),
               tr("Deleted updates stay here for 30 days and can be restored."));
    return;
  }
  if (inbox.filter == InboxFilter::Archived) {
    draw_empty(pen, area, icons::kArchive, tr("Nothing is archived"),
               tr("What you archive leaves your Inbox, and only yours. It comes back by itself when "
                  "somebody answers or asks you there."));
    return;
  }
  if (inbox.filter != InboxFilter::All) {
    const bool is_unwatched = inbox.filter == InboxFilter::Unwatched;
    const Box place =
        draw_empty(pen, area, is_unwatched ? icons::kResolve : icons::kFilm,
                   is_unwatched ? tr("You are up to date") : tr("Nothing from you yet"),
                   is_unwatched ? tr("Everything here has been watched. New updates show up by themselves.")
                                : tr("What you record and publish is listed here."));
    const Button all{.name = "show-all", .label = tr("Show all updates")};
    if (draw_button(pen, place.centered(button_width(pen, all), place.height()), all))
      view.actions.inbox.choose_filter(InboxFilter::All);
    return;
  }
  const Box place =
      draw_empty(pen, area, icons::kCamera, tr("No updates yet"),
                 tr("Record the first one: your screen, your face and your voice. Teammates see it here once "
                    "they use the same library (Settings)."));
  const Button record{.name = "first",
                      .label = tr("Record an update"),
                      .icon = icons::kCamera,
                      .kind = ButtonKind::Primary,
                      .tip = tr("Record an update"),
                      .shortcut = tr("Ctrl+R")};
  if (draw_button(pen, place.centered(button_width(pen, record), place.height()), record))
    view.actions.app.show_page(PageId::Record);
}

}  // namespace meanwhile
