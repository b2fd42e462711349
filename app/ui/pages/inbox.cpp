// The Inbox: takes that wait, then everyone's clips as cards, what waits for the person first; or what a
// search found.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/library/guest_line.h"
#include "app/library/settings.h"
#include "app/platform/icons.h"
#include "app/platform/keys.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/narration.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pages/pages.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/clip_grid.h"
#include "app/ui/widgets/found_list.h"
#include "app/ui/widgets/inbox_nothing.h"
#include "app/ui/widgets/scroll_area.h"
#include "app/ui/widgets/take_cards.h"
#include "app/ui/widgets/text_field.h"
#include "app/ui/widgets/welcome_card.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kMargin = 32;
constexpr float kNewsHeight = 48;
// Points of height, for the head to stay while the list scrolls.
constexpr float kRoomForHead = 440;
constexpr float kNothingHeight = 330;

bool is_searching(const InboxState& inbox) {
  return !inbox.search.empty() && inbox.filter != InboxFilter::Trash;
}

bool shows_takes(const InboxState& inbox) {
  return inbox.filter <= InboxFilter::Mine && !is_searching(inbox) && !inbox.takes.empty();
}

// Until it is answered or put away; never before what one looks for.
bool shows_welcome(const UiState& state, const WelcomeCard& card) {
  return (!state.settings.chosen.greeted || card.is_begun()) && state.inbox.load == LoadState::Ready &&
         state.inbox.filter <= InboxFilter::Mine && !is_searching(state.inbox);
}

bool shows_list(const InboxState& inbox) {
  return is_searching(inbox) ? !inbox.found.empty() : inbox.total > 0 || !inbox.clips.empty();
}

bool has_list(const UiState& state, const WelcomeCard& card) {
  const InboxState& inbox = state.inbox;
  return inbox.load == LoadState::Ready &&
         (shows_list(inbox) || shows_takes(inbox) || shows_welcome(state, card));
}

class InboxPage final : public Page {
 public:
  PageId id() const override { return PageId::Inbox; }
  void draw(View& view, const Box& area) override;
  bool press(View& view, const KeyPress& press) override;

 private:
  void draw_head(View& view, Box& rest);
  void draw_header(View& view, Box row);
  void draw_search(View& view, const Box& box);
  void draw_filters(View& view, Box row);
  void draw_content(View& view, const Box& area);
  void draw_short(View& view, const Box& area, float margin);
  float draw_list(View& view, const ScrollArea& scroll, const Box& area);

  int searches_ = 0;  // that were begun so far
  WelcomeCard welcome_;
};

bool has_news(const InboxState& inbox) {
  return !inbox.news.empty() && inbox.search.empty() && inbox.filter <= InboxFilter::Unwatched;
}

bool InboxPage::press(View& view, const KeyPress& press) {
  if (press.key != Key::Character) return false;
  if (press.control) {
    const char* const pasted = press.character == 'v' ? ImGui::GetClipboardText() : nullptr;
    if (!pasted || !has_answers(pasted)) return false;
    return view.actions.inbox.take_answers(pasted), true;
  }
  if (press.character == 'p' && view.state.inbox.can_play_all) return view.actions.inbox.play_all(), true;
  return false;
}

// What came, and one press that plays it all.
void draw_news(View& view, const Box& box) {
  Pen& pen = view.pen;
  const InboxState& inbox = view.state.inbox;
  pen.fill(box, pen.theme.accent_tint, 12);
  Box row = box.inset(pen.px(14), pen.px(6));
  if (inbox.can_play_all) {
    const Button play{.name = "play-all",
                      .label = tr("Play all"),
                      .icon = icons::kPlayAll,
                      .kind = ButtonKind::Primary,
                      .tip = tr("What is new, one after the other"),
                      .shortcut = "P"};
    if (draw_button(pen, row.cut_right(button_width(pen, play)), play)) view.actions.inbox.play_all();
    row.cut_right(pen.px(12));
  }
  pen.text(row, TextStyle::BodyStrong, pen.theme.text, inbox.news);
}

// Title, search, filters and what is new.
void InboxPage::draw_head(View& view, Box& rest) {
  Pen& pen = view.pen;
  rest.cut_top(pen.px(24));
  draw_header(view, rest.cut_top(pen.px(40)));
  rest.cut_top(pen.px(12));
  draw_filters(view, rest.cut_top(pen.px(kControlHeight)));
  rest.cut_top(pen.px(12));
  if (!has_news(view.state.inbox)) return;
  draw_news(view, rest.cut_top(pen.px(kNewsHeight)));
  rest.cut_top(pen.px(12));
}

void InboxPage::draw(View& view, const Box& area) {
  Pen& pen = view.pen;
  const float margin = pen.px(area.width() < pen.px(800) ? 20 : kMargin);
  if (area.height() < pen.px(kRoomForHead)) return draw_short(view, area, margin);
  Box inside = area.inset(margin, 0);
  draw_head(view, inside);
  // The scrollbar lies in the margin.
  draw_content(view, {inside.left, inside.top, inside.right + margin - pen.px(4), inside.bottom});
}

// In a low window the head would leave no room for the list: all of it scrolls.
void InboxPage::draw_short(View& view, const Box& area, float margin) {
  const InboxState& inbox = view.state.inbox;
  ScrollArea scroll(view.pen, "inbox/short", area);
  Box rest = scroll.content().inset(margin, 0);
  rest.bottom = rest.top + 1e9F;
  const float top = rest.top;
  draw_head(view, rest);
  if (has_list(view.state, welcome_)) {
    rest.cut_top(draw_list(view, scroll, rest));
  } else {
    draw_inbox_nothing(view, rest.cut_top(view.pen.px(kNothingHeight)));
  }
  scroll.set_height(rest.top - top + view.pen.px(inbox.total > 0 ? 24 : 0));
}

// Where the clips that are shown come from.
std::string place_title(const InboxState& inbox) {
  if (!inbox.channel.empty()) return "# " + inbox.channel;
  const auto library = std::ranges::find(inbox.libraries, inbox.library, &LibraryChoice::id);
  return library == inbox.libraries.end() ? tr("Inbox") : library->name;
}

// It can't be undone.
void ask_to_mark_all(Overlays& overlays, const std::string& list) {
  overlays.ask(
      {tr("Mark all as watched?"),
       // TRANSLATORS: {} is the name of a library or a channel, or the Inbox.
       tr_format("All updates in {} count as watched, for you only: nobody else sees that.", isolated(list)),
       tr("Mark all as watched"), [](Actions& actions) { actions.inbox.mark_all_watched(); }, false});
}

// What can be done with all that is listed.
void open_list_menu(View& view, const Box& anchor) {
  const InboxState& inbox = view.state.inbox;
  Menu menu{.name = "list/menu", .anchor = anchor};
  menu.items.push_back({tr("Mark all as watched"), tr("For you only"), icons::kWatched});
  const ChannelView* found = chosen_channel(inbox);
  const ChannelView channel = found ? *found : ChannelView{};
  if (found)
    menu.items.push_back(
        channel.is_archived
            ? MenuItem{tr("Bring the channel back"),
                       // TRANSLATORS: {} is a person's name.
                       tr_format("For everyone; {} archived it", channel.archived_by), icons::kUnarchive}
            : MenuItem{tr("Archive the channel"), tr("For everyone; its updates stay"), icons::kArchive});
  menu.choose = [channel, list = place_title(inbox), overlays = &view.overlays](Actions& actions,
                                                                                std::size_t item) {
    if (item == 0) return ask_to_mark_all(*overlays, list);
    actions.inbox.archive_channel(channel.library, channel.name, !channel.is_archived);
  };
  view.overlays.open(std::move(menu));
}

void InboxPage::draw_header(View& view, Box row) {
  Pen& pen = view.pen;
  const InboxState& inbox = view.state.inbox;
  const float search = pen.px(row.width() < pen.px(560) ? 220 : 300);
  draw_search(view, row.cut_right(search).centered(search, pen.px(kControlHeight)));
  row.cut_right(pen.px(12));
  const std::string title = place_title(inbox);
  const float width = std::min(pen.text_width(TextStyle::Title, title), row.width() - pen.px(48));
  pen.text(row.cut_left(width), TextStyle::Title, pen.theme.text, title);
  row.cut_left(pen.px(8));
  const Box more = row.cut_left(pen.px(36)).centered(pen.px(36), pen.px(36));
  if (draw_icon_button(pen, more, {.name = "list/more", .icon = icons::kMore, .tip = tr("This list")}))
    open_list_menu(view, more);
}

void InboxPage::draw_search(View& view, const Box& box) {
  const TextField field{.name = "search",
                        .text = view.state.inbox.search,
                        .hint = tr("Search"),
                        .icon = icons::kSearch,
                        .takes_focus = std::exchange(searches_, view.state.inbox.searches_begun) !=
                                       view.state.inbox.searches_begun};
  if (const auto response = draw_text_field(view.pen, box, field); response.edited)
    view.actions.inbox.search(*response.edited);
  Pen& pen = view.pen;
  pen.tooltip("search", box, tr("Search titles, people, comments and captions"), "/");
  if (view.state.inbox.search.empty()) return;
  Box end = box.inset(pen.px(2), pen.px(2));
  const Box clear = end.cut_right(pen.px(32));
  pen.fill(clear, pen.theme.field, 6);
  if (draw_icon_button(pen, clear.centered(pen.px(28), pen.px(28)),
                       {.name = "search/clear",
                        .icon = icons::kClose,
                        .tip = tr("Clear search"),
                        .shortcut = tr("Esc"),
                        .size = IconSize::Small}))
    view.actions.inbox.search("");
}

constexpr std::array<const char*, 5> kOrders = {tr_later("Inbox order"), tr_later("Newest first"),
                                                tr_later("Oldest first"), tr_later("Longest first"),
                                                tr_later("Most discussed")};

void open_order_menu(View& view, const Box& anchor) {
  Menu menu{.name = "order/menu", .anchor = anchor, .width_points = anchor.width() / view.pen.px(1)};
  for (std::size_t i = 0; i < kOrders.size(); ++i)
    menu.items.push_back({tr(kOrders[i]), {}, std::nullopt, int(i) == int(view.state.inbox.order)});
  menu.choose = [](Actions& actions, std::size_t item) { actions.inbox.choose_order(InboxOrder(item)); };
  view.overlays.open(std::move(menu));
}

std::vector<std::string> filter_labels() {
  return {tr_in("updates", "All"), tr_in("updates", "Unwatched"), tr_in("updates", "Mine"),
          tr_in("updates", "Archived"), tr("Trash")};
}

// Side by side, or as a menu where there is no room for that.
void draw_filter(View& view, const Box& box) {
  Pen& pen = view.pen;
  const int now = int(view.state.inbox.filter);
  const std::vector<std::string> labels = filter_labels();
  const float width = segments_width(pen, labels);
  if (width <= box.width()) {
    const Box row{box.left, box.top, box.left + width, box.bottom};
    pen.input.narration().set_label(tr("Which updates"));
    if (const auto chosen = draw_segments(pen, row, "filter", labels, now))
      view.actions.inbox.choose_filter(InboxFilter(*chosen));
    return pen.input.narration().set_label({});
  }
  const Box row{box.left, box.top, std::min(box.right, box.left + pen.px(150)), box.bottom};
  if (!draw_picker(pen, row, "filter", icons::kFilter, labels[std::size_t(now)], tr("Which updates"))) return;
  Menu menu{.name = "filter/menu", .anchor = row, .width_points = 150};
  for (const std::string& label : labels)
    menu.items.push_back({label, {}, std::nullopt, label == labels[std::size_t(now)]});
  menu.choose = [](Actions& actions, std::size_t item) {
    actions.inbox.choose_filter(InboxFilter(int(item)));
  };
  view.overlays.open(std::move(menu));
}

void draw_view_switch(View& view, const Box& box) {
  const bool is_list = view.state.settings.chosen.inbox_as_list;
  if (draw_icon_button(view.pen, box.centered(view.pen.px(36), view.pen.px(36)),
                       {.name = "view",
                        .icon = is_list ? icons::kGrid : icons::kList,
                        .tip = is_list ? tr("Show as cards") : tr("Show as a list")}))
    view.actions.settings.change([is_list](Settings& settings) { settings.inbox_as_list = !is_list; });
}

void InboxPage::draw_filters(View& view, Box row) {
  Pen& pen = view.pen;
  const InboxState& inbox = view.state.inbox;
  const bool is_narrow = row.width() < pen.px(520);
  const Box order = row.cut_right(pen.px(is_narrow ? 142 : 172));
  row.cut_right(pen.px(6));
  const Box shape = row.cut_right(pen.px(36));
  row.cut_right(pen.px(8));
  draw_filter(view, row);
  if (!is_searching(inbox)) draw_view_switch(view, shape);
  // What was found is the newest first, of everything.
  if (inbox.filter == InboxFilter::Trash || is_searching(inbox)) return;
  if (draw_picker(pen, order, "order", icons::kSort, tr(kOrders[std::size_t(inbox.order)]),
                  tr_in("of a list", "Order")))
    open_order_menu(view, order);
}

// What stands in the page's middle, from its top on. Gives its height.
float InboxPage::draw_list(View& view, const ScrollArea& scroll, const Box& area) {
  Pen& pen = view.pen;
  const InboxState& inbox = view.state.inbox;
  Box rest = area;
  rest.cut_top(pen.px(4));
  if (shows_welcome(view.state, welcome_)) rest.cut_top(welcome_.draw(view, rest));
  if (shows_takes(inbox)) rest.cut_top(draw_take_cards(view, rest));
  if (shows_list(inbox)) {
    rest.cut_top(is_searching(inbox) ? draw_found_list(view, scroll, rest)
                                     : draw_clip_grid(view, scroll, rest));
  } else if (shows_takes(inbox)) {
    pen.text(rest.cut_top(pen.px(40)), TextStyle::Body, pen.theme.soft_text, no_clips_words(inbox));
  }
  return rest.top - area.top;
}

void InboxPage::draw_content(View& view, const Box& area) {
  const InboxState& inbox = view.state.inbox;
  if (!has_list(view.state, welcome_)) return draw_inbox_nothing(view, area);
  Pen& pen = view.pen;
  // Each list has a place of its own to be scrolled to.
  const std::string name =
      fmt::format("inbox/{}/{}/{}/{}", int(inbox.filter), inbox.library, inbox.channel, is_searching(inbox));
  ScrollArea scroll(pen, name, area);
  Box rest = scroll.content();
  rest.right -= area.right - area.left > pen.px(800) ? pen.px(kMargin - 4) : pen.px(16);
  rest.bottom = rest.top + 1e9F;
  scroll.set_height(draw_list(view, scroll, rest) + pen.px(24));
}

}  // namespace

std::unique_ptr<Page> make_inbox_page() {
  return std::make_unique<InboxPage>();
}

}  // namespace meanwhile
