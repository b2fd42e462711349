// The Inbox: takes that wait, then everyone's clips as cards, what waits for the person first; or what a
// search found.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/platform/keys.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/platform/icons.h"
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

namespace meanwhile {
namespace {

constexpr float kMargin = 32;
constexpr float kNewsHeight = 48;

bool is_searching(const InboxState& inbox) {
  return !inbox.search.empty() && inbox.filter != InboxFilter::Trash;
}

class InboxPage final : public Page {
 public:
  PageId id() const override { return PageId::Inbox; }
  void draw(View& view, const Box& area) override;
  bool press(View& view, const KeyPress& press) override;

 private:
  void draw_header(View& view, Box row);
  void draw_search(View& view, const Box& box);
  void draw_filters(View& view, Box row);
  void draw_content(View& view, const Box& area);

  int searches_ = 0;  // that were begun so far
};

bool has_news(const InboxState& inbox) {
  return !inbox.news.empty() && inbox.search.empty() && inbox.filter <= InboxFilter::Unwatched;
}

bool InboxPage::press(View& view, const KeyPress& press) {
  if (press.key != Key::Character || press.control) return false;
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
                      .label = "Play all",
                      .icon = icons::kPlayAll,
                      .kind = ButtonKind::Primary,
                      .tip = "What is new, one after the other",
                      .shortcut = "P"};
    if (draw_button(pen, row.cut_right(button_width(pen, play)), play)) view.actions.inbox.play_all();
    row.cut_right(pen.px(12));
  }
  pen.text(row, TextStyle::BodyStrong, pen.theme.text, inbox.news);
}

void InboxPage::draw(View& view, const Box& area) {
  Pen& pen = view.pen;
  const float margin = pen.px(area.width() < pen.px(800) ? 20 : kMargin);
  Box inside = area.inset(margin, 0);
  inside.cut_top(pen.px(24));
  draw_header(view, inside.cut_top(pen.px(40)));
  inside.cut_top(pen.px(12));
  draw_filters(view, inside.cut_top(pen.px(kControlHeight)));
  inside.cut_top(pen.px(12));
  if (has_news(view.state.inbox)) {
    draw_news(view, inside.cut_top(pen.px(kNewsHeight)));
    inside.cut_top(pen.px(12));
  }
  // The scrollbar lies in the margin.
  draw_content(view, {inside.left, inside.top, inside.right + margin - pen.px(4), inside.bottom});
}

// Where the clips that are shown come from.
std::string place_title(const InboxState& inbox) {
  if (!inbox.channel.empty()) return "# " + inbox.channel;
  const auto library = std::ranges::find(inbox.libraries, inbox.library, &LibraryChoice::id);
  return library == inbox.libraries.end() ? "Inbox" : library->name;
}

void open_channel_menu(View& view, const Box& anchor, const ChannelView& channel) {
  Menu menu{.name = "channel/menu", .anchor = anchor};
  menu.items.push_back(
      channel.is_archived
          ? MenuItem{"Bring the channel back",
                     fmt::format("For everyone; {} archived it", channel.archived_by), icons::kUnarchive}
          : MenuItem{"Archive the channel", "For everyone; its updates stay", icons::kArchive});
  menu.choose = [channel](Actions& actions, std::size_t) {
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
  const ChannelView* channel = chosen_channel(inbox);
  if (!channel) return;
  row.cut_left(pen.px(8));
  const Box more = row.cut_left(pen.px(36)).centered(pen.px(36), pen.px(36));
  if (draw_icon_button(pen, more, {.name = "channel/more", .icon = icons::kMore, .tip = "This channel"}))
    open_channel_menu(view, more, *channel);
}

void InboxPage::draw_search(View& view, const Box& box) {
  const TextField field{.name = "search",
                        .text = view.state.inbox.search,
                        .hint = "Search",
                        .icon = icons::kSearch,
                        .takes_focus = std::exchange(searches_, view.state.inbox.searches_begun) !=
                                       view.state.inbox.searches_begun};
  if (const auto response = draw_text_field(view.pen, box, field); response.edited)
    view.actions.inbox.search(*response.edited);
  Pen& pen = view.pen;
  pen.tooltip("search", box, "Search titles, people, comments and captions", "/");
  if (view.state.inbox.search.empty()) return;
  Box end = box.inset(pen.px(2), pen.px(2));
  const Box clear = end.cut_right(pen.px(32));
  pen.fill(clear, pen.theme.field, 6);
  if (draw_icon_button(pen, clear.centered(pen.px(28), pen.px(28)),
                       {.name = "search/clear",
                        .icon = icons::kClose,
                        .tip = "Clear search",
                        .shortcut = "Esc",
                        .size = IconSize::Small}))
    view.actions.inbox.search("");
}

constexpr std::array<std::string_view, 5> kOrders = {"Inbox order", "Newest first", "Oldest first",
                                                     "Longest first", "Most discussed"};

void open_order_menu(View& view, const Box& anchor) {
  Menu menu{.name = "order/menu", .anchor = anchor, .width_points = anchor.width() / view.pen.px(1)};
  for (std::size_t i = 0; i < kOrders.size(); ++i)
    menu.items.push_back({std::string(kOrders[i]), {}, std::nullopt, int(i) == int(view.state.inbox.order)});
  menu.choose = [](Actions& actions, std::size_t item) { actions.inbox.choose_order(InboxOrder(item)); };
  view.overlays.open(std::move(menu));
}

void InboxPage::draw_filters(View& view, Box row) {
  Pen& pen = view.pen;
  const InboxState& inbox = view.state.inbox;
  const std::vector<std::string> labels{"All", "Unwatched", "Mine", "Archived", "Trash"};
  const Box order = row.cut_right(pen.px(172));
  row.cut_right(pen.px(12));
  if (const auto chosen =
          draw_segments(pen, row.cut_left(segments_width(pen, labels)), "filter", labels, int(inbox.filter)))
    view.actions.inbox.choose_filter(InboxFilter(*chosen));
  // What was found is the newest first, of everything.
  if (inbox.filter == InboxFilter::Trash || is_searching(inbox)) return;
  if (draw_picker(pen, order, "order", icons::kSort, kOrders[std::size_t(inbox.order)], "Order"))
    open_order_menu(view, order);
}

bool shows_takes(const InboxState& inbox) {
  return inbox.filter <= InboxFilter::Mine && !is_searching(inbox) && !inbox.takes.empty();
}

bool shows_list(const InboxState& inbox) {
  return is_searching(inbox) ? !inbox.found.empty() : inbox.total > 0 || !inbox.clips.empty();
}

void InboxPage::draw_content(View& view, const Box& area) {
  const InboxState& inbox = view.state.inbox;
  if (inbox.load != LoadState::Ready || (!shows_list(inbox) && !shows_takes(inbox)))
    return draw_inbox_nothing(view, area);
  Pen& pen = view.pen;
  // Each list has a place of its own to be scrolled to.
  const std::string name =
      fmt::format("inbox/{}/{}/{}/{}", int(inbox.filter), inbox.library, inbox.channel, is_searching(inbox));
  ScrollArea scroll(pen, name, area);
  Box rest = scroll.content();
  rest.right -= area.right - area.left > pen.px(800) ? pen.px(kMargin - 4) : pen.px(16);
  rest.bottom = rest.top + 1e9F;
  const float top = rest.top;
  rest.cut_top(pen.px(4));
  if (shows_takes(inbox)) rest.cut_top(draw_take_cards(view, rest));
  if (!shows_list(inbox)) {
    pen.text(rest.cut_top(pen.px(40)), TextStyle::Body, pen.theme.soft_text, no_clips_words(inbox));
  } else {
    rest.cut_top(is_searching(inbox) ? draw_found_list(view, scroll, rest)
                                     : draw_clip_grid(view, scroll, rest));
  }
  scroll.set_height(rest.top - top + pen.px(24));
}

}  // namespace

std::unique_ptr<Page> make_inbox_page() {
  return std::make_unique<InboxPage>();
}

}  // namespace meanwhile
