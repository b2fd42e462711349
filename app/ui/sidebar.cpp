#include "app/ui/sidebar.h"

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <vector>

#include "app/library/format.h"
#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/platform/icons.h"
#include "app/ui/interaction.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/scroll_area.h"

namespace meanwhile {
namespace {

constexpr float kRowHeight = 34;

struct Row {
  std::string name;
  Icon icon;
  std::string label;
  int count = 0;
  bool is_here = false;
};

bool draw_row(Pen& pen, Box box, const Row& row) {
  const Response response = pen.input.part(row.name, box);
  if (row.is_here) pen.fill(box, pen.theme.pressed, 8);
  pen.fill(box, faded(pen.theme.hover, response.glow), 8);
  if (response.is_focused) pen.ring(box, 8);
  box = box.inset(pen.px(10), 0);
  const ImU32 words = row.is_here ? pen.theme.text : pen.theme.soft_text;
  pen.icon(box.cut_left(pen.px(18)), row.icon, IconSize::Small,
           row.is_here ? pen.theme.accent : pen.theme.faint_text);
  box.cut_left(pen.px(10));
  if (row.count > 0) {
    const std::string badge = format_badge(row.count);
    const Box place = box.cut_right(pill_width(pen, badge));
    draw_pill(pen, place.centered(place.width(), pen.px(20)), pen.theme.accent_tint, pen.theme.accent, badge);
    box.cut_right(pen.px(6));
  }
  pen.text(box, row.is_here ? TextStyle::BodyStrong : TextStyle::Body, words, row.label);
  return response.is_clicked;
}

void draw_logo(Pen& pen, Box row) {
  const Box mark = row.cut_left(pen.px(26)).centered(pen.px(26), pen.px(26));
  pen.fill(mark, pen.theme.accent_fill, 7);
  const ImVec2 c = mark.middle();
  const float u = mark.width() / 26;
  pen.list().AddTriangleFilled(ImVec2(c.x - 4 * u, c.y - 6.3F * u), ImVec2(c.x + 6.6F * u, c.y),
                               ImVec2(c.x - 4 * u, c.y + 6.3F * u), IM_COL32_WHITE);
  pen.disc(ImVec2(c.x + 5.4F * u, c.y + 5.4F * u), 4.6F * u, pen.theme.accent_fill);
  pen.disc(ImVec2(c.x + 5.4F * u, c.y + 5.4F * u), 3.3F * u, IM_COL32_WHITE);
  row.cut_left(pen.px(10));
  pen.text(row, TextStyle::Heading, pen.theme.text, "Meanwhile");
}

// A row below "Inbox": a library, or one of its channels.
struct Place {
  Row row;
  std::string library;
  std::string channel;  // "": the whole library
};

std::vector<Place> places_of(const UiState& state) {
  const InboxState& inbox = state.inbox;
  const bool is_inbox = state.page == PageId::Inbox;
  std::vector<Place> places;
  const auto add_channels = [&](const std::string& library) {
    for (const ChannelView& channel : inbox.channels) {
      if (!library.empty() && channel.library != library) continue;
      // One that is looked at stays in sight, to be brought back.
      if (channel.is_archived && inbox.channel != channel.name && inbox.filter != InboxFilter::Archived)
        continue;
      const bool is_here = is_inbox && inbox.channel == channel.name && inbox.library == library;
      places.push_back({{fmt::format("channel/{}{}", library.empty() ? "" : library + "/", channel.name),
                         channel.is_archived ? icons::kArchive : icons::kChannel, channel.name,
                         channel.unwatched, is_here},
                        library,
                        channel.name});
    }
  };
  if (inbox.libraries.empty()) add_channels("");
  for (const LibraryChoice& library : inbox.libraries) {
    const bool is_here = is_inbox && inbox.library == library.id && inbox.channel.empty();
    places.push_back({{"library/" + library.id, icons::kFolder, library.name, library.unwatched, is_here},
                      library.id,
                      ""});
    add_channels(library.id);
  }
  return places;
}

// A row that is chosen lets go of itself.
void choose(View& view, const Place& place) {
  view.actions.app.show_page(PageId::Inbox);
  if (!view.state.inbox.libraries.empty())
    view.actions.inbox.choose_library(place.row.is_here && place.channel.empty() ? "" : place.library);
  if (!place.channel.empty()) view.actions.inbox.choose_channel(place.row.is_here ? "" : place.channel);
}

void draw_places(View& view, const Box& area) {
  const InboxState& inbox = view.state.inbox;
  const std::vector<Place> places = places_of(view.state);
  if (places.empty() || area.height() < view.pen.px(kRowHeight * 2)) return;
  Box rest = area;
  view.pen.text(rest.cut_top(view.pen.px(28)).inset(view.pen.px(10), 0), TextStyle::CaptionStrong,
                view.pen.theme.faint_text, inbox.libraries.empty() ? "Channels" : "Libraries");
  ScrollArea scroll(view.pen, "sidebar/channels", rest);
  const float step = view.pen.px(kRowHeight);
  const float indent = inbox.libraries.empty() ? 0 : view.pen.px(14);
  for (std::size_t i = 0; i < places.size(); ++i) {
    Box row = box_at(scroll.content().left, scroll.content().top + step * float(i), rest.width(), step);
    if (!scroll.shows(row)) continue;
    if (!places[i].channel.empty()) row.cut_left(indent);
    if (draw_row(view.pen, row.inset(0, view.pen.px(1)), places[i].row)) choose(view, places[i]);
  }
  scroll.set_height(step * float(places.size()));
}

void draw_sync(View& view, Box row) {
  const InboxState& inbox = view.state.inbox;
  Pen& pen = view.pen;
  const Box button = row.cut_right(pen.px(30)).centered(pen.px(30), pen.px(30));
  if (draw_icon_button(pen, button,
                       {.name = "sync", .icon = icons::kSync, .tip = "Sync now", .size = IconSize::Small}))
    view.actions.libraries.sync_now();
  row = row.inset(pen.px(10), 0);
  const ImU32 color = inbox.sync_failed ? pen.theme.warning : pen.theme.faint_text;
  pen.icon(row.cut_left(pen.px(18)), inbox.sync_failed ? icons::kOffline : icons::kCloud, IconSize::Small,
           color);
  row.cut_left(pen.px(10));
  pen.text(row, TextStyle::Caption, color, inbox.is_syncing ? "Syncing…" : inbox.sync);
}

}  // namespace

float sidebar_width(float window_points) {
  return window_points < 1100 ? 188 : 228;
}

void draw_sidebar(View& view, const Box& area) {
  Pen& pen = view.pen;
  const UiState& state = view.state;
  pen.fill(area, pen.theme.sidebar);
  pen.line({area.right - 1, area.top, area.right, area.bottom}, pen.theme.border);
  Box inside = area.inset(pen.px(12), pen.px(16));
  draw_logo(pen, inside.cut_top(pen.px(32)).inset(pen.px(6), 0));
  inside.cut_top(pen.px(16));
  if (draw_button(pen, inside.cut_top(pen.px(kControlHeight)),
                  {.name = "new",
                   .label = "New update",
                   .icon = icons::kCamera,
                   .kind = ButtonKind::Primary,
                   .tip = "Record screen, camera and voice",
                   .shortcut = "Ctrl+R"}))
    view.actions.app.show_page(PageId::Record);
  inside.cut_top(pen.px(16));
  const bool is_all =
      state.page == PageId::Inbox && state.inbox.channel.empty() && state.inbox.library.empty();
  if (draw_row(pen, inside.cut_top(pen.px(kRowHeight)),
               {"nav/inbox", icons::kInbox, "Inbox", state.inbox.unwatched, is_all})) {
    if (!state.inbox.library.empty()) view.actions.inbox.choose_library("");
    view.actions.inbox.choose_channel("");
    view.actions.app.show_page(PageId::Inbox);
  }
  draw_sync(view, inside.cut_bottom(pen.px(30)));
  inside.cut_bottom(pen.px(8));
  Box last = inside.cut_bottom(pen.px(kRowHeight));
  const Box help = last.cut_right(pen.px(34));
  if (draw_row(pen, last, {"nav/settings", icons::kSettings, "Settings", 0, state.page == PageId::Settings}))
    view.actions.app.show_page(PageId::Settings);
  if (draw_icon_button(pen, help,
                       {.name = "help",
                        .icon = icons::kHelp,
                        .tip = "Keyboard shortcuts",
                        .shortcut = "?",
                        .size = IconSize::Small}))
    view.actions.app.show_shortcuts(true);
  inside.cut_top(pen.px(16));
  inside.cut_bottom(pen.px(8));
  draw_places(view, inside);
}

}  // namespace meanwhile
