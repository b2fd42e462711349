#include "app/ui/sidebar.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
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
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/scroll_area.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kRowHeight = 34;
// Points of the window's width: where there is less, icons stand alone.
constexpr float kNarrow = 760;
constexpr float kRail = 60;
// Points of height, for the rail to have room for the logo, too.
constexpr float kRoomForLogo = 330;

Spoken spoken_of(std::string_view label, std::string_view news, bool is_here) {
  return {.role = AccessibleRole::Button, .name = label, .value = news, .is_on = is_here};
}

struct Row {
  std::string name;
  Icon icon;
  std::string label;
  int count = 0;
  bool is_here = false;
};

// What the number beside it says.
std::string news_in(const Row& row) {
  // TRANSLATORS: {} updates are new.
  return row.count > 0 ? tr_count(std::uint64_t(row.count), "{} new", "{} new", row.count) : "";
}

bool draw_row(Pen& pen, Box box, const Row& row) {
  const Response response = pen.input.part(row.name, box, spoken_of(row.label, news_in(row), row.is_here));
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

void draw_mark(Pen& pen, const Box& mark) {
  const KeptDirection kept = pen.keep_direction(mark);
  pen.fill(mark, pen.theme.accent_fill, 7);
  const ImVec2 c = mark.middle();
  const float u = mark.width() / 26;
  pen.list().AddTriangleFilled(ImVec2(c.x - 4 * u, c.y - 6.3F * u), ImVec2(c.x + 6.6F * u, c.y),
                               ImVec2(c.x - 4 * u, c.y + 6.3F * u), IM_COL32_WHITE);
  pen.disc(ImVec2(c.x + 5.4F * u, c.y + 5.4F * u), 4.6F * u, pen.theme.accent_fill);
  pen.disc(ImVec2(c.x + 5.4F * u, c.y + 5.4F * u), 3.3F * u, IM_COL32_WHITE);
}

void draw_logo(Pen& pen, Box row) {
  draw_mark(pen, row.cut_left(pen.px(26)).centered(pen.px(26), pen.px(26)));
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
void go_to(Actions& actions, const Place& place, bool has_libraries) {
  actions.app.show_page(PageId::Inbox);
  if (has_libraries)
    actions.inbox.choose_library(place.row.is_here && place.channel.empty() ? "" : place.library);
  if (!place.channel.empty()) actions.inbox.choose_channel(place.row.is_here ? "" : place.channel);
}

void draw_places(View& view, const Box& area) {
  const InboxState& inbox = view.state.inbox;
  const std::vector<Place> places = places_of(view.state);
  if (places.empty() || area.height() < view.pen.px(kRowHeight * 2)) return;
  Box rest = area;
  view.pen.text(rest.cut_top(view.pen.px(28)).inset(view.pen.px(10), 0), TextStyle::CaptionStrong,
                view.pen.theme.faint_text, inbox.libraries.empty() ? tr("Channels") : tr("Libraries"));
  ScrollArea scroll(view.pen, "sidebar/channels", rest);
  const float step = view.pen.px(kRowHeight);
  const float indent = inbox.libraries.empty() ? 0 : view.pen.px(14);
  for (std::size_t i = 0; i < places.size(); ++i) {
    Box row = box_at(scroll.content().left, scroll.content().top + step * float(i), rest.width(), step);
    if (!scroll.shows(row)) continue;
    if (!places[i].channel.empty()) row.cut_left(indent);
    if (draw_row(view.pen, row.inset(0, view.pen.px(1)), places[i].row))
      go_to(view.actions, places[i], !inbox.libraries.empty());
  }
  scroll.set_height(step * float(places.size()));
}

void draw_sync(View& view, Box row) {
  const InboxState& inbox = view.state.inbox;
  Pen& pen = view.pen;
  const Box button = row.cut_right(pen.px(30)).centered(pen.px(30), pen.px(30));
  if (draw_icon_button(
          pen, button,
          {.name = "sync", .icon = icons::kSync, .tip = tr("Sync now"), .size = IconSize::Small}))
    view.actions.libraries.sync_now();
  row = row.inset(pen.px(10), 0);
  const ImU32 color = inbox.sync_failed ? pen.theme.warning : pen.theme.faint_text;
  pen.icon(row.cut_left(pen.px(18)), inbox.sync_failed ? icons::kOffline : icons::kCloud, IconSize::Small,
           color);
  row.cut_left(pen.px(10));
  pen.text(row, TextStyle::Caption, color, inbox.is_syncing ? tr("Syncing…") : inbox.sync);
}

bool is_all_shown(const UiState& state) {
  return state.page == PageId::Inbox && state.inbox.channel.empty() && state.inbox.library.empty();
}

void show_all(View& view) {
  if (!view.state.inbox.library.empty()) view.actions.inbox.choose_library("");
  view.actions.inbox.choose_channel("");
  view.actions.app.show_page(PageId::Inbox);
}

// An icon alone: what it is says the tooltip.
bool draw_rail_icon(Pen& pen, const Box& strip, const Row& row) {
  const Box box = strip.centered(pen.px(40), pen.px(kRowHeight));
  const Response response = pen.input.part(row.name, box, spoken_of(row.label, news_in(row), row.is_here));
  if (row.is_here) pen.fill(box, pen.theme.pressed, 8);
  pen.fill(box, faded(pen.theme.hover, response.glow), 8);
  if (response.is_focused) pen.ring(box, 8);
  pen.icon(box, row.icon, IconSize::Small, row.is_here ? pen.theme.accent : pen.theme.soft_text);
  if (row.count > 0) {
    const std::string badge = format_badge(row.count);
    const float width = pill_width(pen, badge);
    draw_pill(pen, box_at(box.right - width + pen.px(6), box.bottom - pen.px(14), width, pen.px(16)),
              pen.theme.accent_fill, pen.theme.on_accent, badge);
  }
  pen.tooltip(row.name, box, row.label);
  return response.is_clicked;
}

// Libraries and channels, where there is no room for their rows.
void open_places(View& view, const Box& anchor, const std::vector<Place>& places) {
  Menu menu{.name = "places/menu", .anchor = anchor};
  for (const Place& place : places) {
    const bool is_indented = !place.channel.empty() && !view.state.inbox.libraries.empty();
    menu.items.push_back({.label = (is_indented ? "    " : "") + place.row.label,
                          .detail = place.row.count > 0 ? format_badge(place.row.count) : "",
                          .icon = place.row.icon,
                          .is_checked = place.row.is_here});
  }
  menu.choose = [places, has_libraries = !view.state.inbox.libraries.empty()](
                    Actions& actions, std::size_t item) { go_to(actions, places[item], has_libraries); };
  view.overlays.open(std::move(menu));
}

void draw_rail(View& view, const Box& area) {
  Pen& pen = view.pen;
  const UiState& state = view.state;
  Box inside = area.inset(0, pen.px(10));
  const auto next = [&](float height = kRowHeight + 2) { return inside.cut_top(pen.px(height)); };
  if (area.height() > pen.px(kRoomForLogo)) draw_mark(pen, next(34).centered(pen.px(26), pen.px(26)));
  const Box record = next(46).centered(pen.px(40), pen.px(38));
  const Response pressed = pen.input.part(
      "new", record, {.role = AccessibleRole::Button, .name = tr("New update"), .shortcut = tr("Ctrl+R")});
  pen.fill(record, pen.theme.accent_fill, 8);
  pen.fill(record, faded(pen.theme.hover, pressed.glow), 8);
  if (pressed.is_focused) pen.ring(record, 8);
  pen.icon(record, icons::kCamera, IconSize::Small, pen.theme.on_accent);
  pen.tooltip("new", record, tr("New update"), tr("Ctrl+R"));
  if (pressed.is_clicked) view.actions.app.show_page(PageId::Record);
  if (draw_rail_icon(pen, next(),
                     {"nav/inbox", icons::kInbox, tr("Inbox"), state.inbox.unwatched, is_all_shown(state)}))
    show_all(view);
  if (const std::vector<Place> places = places_of(state); !places.empty()) {
    const bool is_here = state.page == PageId::Inbox && !is_all_shown(state);
    const std::string label = state.inbox.libraries.empty() ? tr("Channels") : tr("Libraries and channels");
    const Box row = next();
    if (draw_rail_icon(pen, row, {"nav/places", icons::kChannel, label, 0, is_here}))
      open_places(view, row, places);
  }
  const bool has_failed = state.inbox.sync_failed;
  if (draw_rail_icon(pen, inside.cut_bottom(pen.px(kRowHeight)),
                     {"sync", has_failed ? icons::kOffline : icons::kSync,
                      state.inbox.is_syncing ? std::string(tr("Syncing…"))
                                             // TRANSLATORS: {} is a sentence such as "Synced 2 min ago".
                                             : tr_format("{}. Press to sync now", state.inbox.sync)}))
    view.actions.libraries.sync_now();
  if (draw_rail_icon(pen, inside.cut_bottom(pen.px(kRowHeight)),
                     {"help", icons::kHelp, tr("Keyboard shortcuts")}))
    view.actions.app.show_shortcuts(true);
  if (draw_rail_icon(pen, inside.cut_bottom(pen.px(kRowHeight)),
                     {"nav/settings", icons::kSettings, tr("Settings"), 0, state.page == PageId::Settings}))
    view.actions.app.show_page(PageId::Settings);
}

}  // namespace

float sidebar_width(float window_points) {
  return window_points < kNarrow ? kRail : window_points < 1100 ? 188 : 228;
}

void draw_sidebar(View& view, const Box& area) {
  Pen& pen = view.pen;
  const UiState& state = view.state;
  const SpokenGroup group(pen.input.narration(), "sidebar", area,
                          {.role = AccessibleRole::Navigation, .name = tr("Pages and libraries")});
  pen.fill(area, pen.theme.sidebar);
  pen.line({area.right - 1, area.top, area.right, area.bottom}, pen.theme.border);
  if (area.width() <= pen.px(kRail)) return draw_rail(view, area);
  Box inside = area.inset(pen.px(12), pen.px(16));
  draw_logo(pen, inside.cut_top(pen.px(32)).inset(pen.px(6), 0));
  inside.cut_top(pen.px(16));
  if (draw_button(pen, inside.cut_top(pen.px(kControlHeight)),
                  {.name = "new",
                   .label = tr("New update"),
                   .icon = icons::kCamera,
                   .kind = ButtonKind::Primary,
                   .tip = tr("Record screen, camera and voice"),
                   .shortcut = tr("Ctrl+R")}))
    view.actions.app.show_page(PageId::Record);
  inside.cut_top(pen.px(16));
  if (draw_row(pen, inside.cut_top(pen.px(kRowHeight)),
               {"nav/inbox", icons::kInbox, tr("Inbox"), state.inbox.unwatched, is_all_shown(state)}))
    show_all(view);
  draw_sync(view, inside.cut_bottom(pen.px(30)));
  inside.cut_bottom(pen.px(8));
  Box last = inside.cut_bottom(pen.px(kRowHeight));
  const Box help = last.cut_right(pen.px(34));
  if (draw_row(pen, last,
               {"nav/settings", icons::kSettings, tr("Settings"), 0, state.page == PageId::Settings}))
    view.actions.app.show_page(PageId::Settings);
  if (draw_icon_button(pen, help,
                       {.name = "help",
                        .icon = icons::kHelp,
                        .tip = tr("Keyboard shortcuts"),
                        .shortcut = "?",
                        .size = IconSize::Small}))
    view.actions.app.show_shortcuts(true);
  inside.cut_top(pen.px(16));
  inside.cut_bottom(pen.px(8));
  draw_places(view, inside);
}

}  // namespace meanwhile
