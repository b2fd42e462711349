// The Inbox: takes that wait, then everyone's clips as cards, unwatched first.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/ui/format.h"
#include "app/ui/pages/pages.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/clip_card.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/scroll_area.h"
#include "app/ui/widgets/text_field.h"

namespace meanwhile {
namespace {

constexpr float kMargin = 32;
constexpr float kGap = 16;
constexpr float kNarrowestCard = 248;
constexpr float kTakeHeight = 76;

class InboxPage final : public Page {
 public:
  PageId id() const override { return PageId::Inbox; }
  void draw(View& view, const Box& area) override;
  bool press(View& view, const KeyPress& press) override;

 private:
  void draw_header(View& view, Box row);
  void draw_search(View& view, const Box& box);
  void draw_content(View& view, const Box& area);
  void draw_nothing(View& view, const Box& area);
  float draw_takes(View& view, const Box& area);
  float draw_cards(View& view, const ScrollArea& scroll, const Box& area);

  bool search_takes_focus_ = false;
};

bool InboxPage::press(View&, const KeyPress& press) {
  if (press.key != Key::Character || press.character != '/' || press.control) return false;
  search_takes_focus_ = true;
  return true;
}

void InboxPage::draw(View& view, const Box& area) {
  Pen& pen = view.pen;
  const float margin = pen.px(area.width() < pen.px(800) ? 20 : kMargin);
  Box inside = area.inset(margin, 0);
  inside.cut_top(pen.px(24));
  draw_header(view, inside.cut_top(pen.px(40)));
  inside.cut_top(pen.px(16));
  // The scrollbar lies in the margin.
  draw_content(view, {inside.left, inside.top, inside.right + margin - pen.px(4), inside.bottom});
}

// Where the clips that are shown come from.
std::string place_title(const InboxState& inbox) {
  if (!inbox.channel.empty()) return "# " + inbox.channel;
  const auto library = std::ranges::find(inbox.libraries, inbox.library, &LibraryPlace::id);
  return library == inbox.libraries.end() ? "Inbox" : library->name;
}

void InboxPage::draw_header(View& view, Box row) {
  Pen& pen = view.pen;
  const InboxState& inbox = view.state.inbox;
  const std::vector<std::string> labels{"All", "Unwatched", "Mine", "Trash"};
  draw_search(view, row.cut_right(pen.px(row.width() < pen.px(760) ? 190 : 260))
                        .centered(pen.px(row.width() < pen.px(560) ? 190 : 260), pen.px(kControlHeight)));
  row.cut_right(pen.px(12));
  const float width = segments_width(pen, labels);
  const Box filter = row.cut_right(width).centered(width, pen.px(kControlHeight));
  row.cut_right(pen.px(12));
  if (const auto chosen = draw_segments(pen, filter, "filter", labels, int(inbox.filter)))
    view.actions.choose_filter(InboxFilter(*chosen));
  pen.text(row, TextStyle::Title, pen.theme.text, place_title(inbox));
}

void InboxPage::draw_search(View& view, const Box& box) {
  const TextField field{.name = "search",
                        .text = view.state.inbox.search,
                        .hint = "Search",
                        .icon = icons::kSearch,
                        .takes_focus = std::exchange(search_takes_focus_, false)};
  if (const auto response = draw_text_field(view.pen, box, field); response.edited)
    view.actions.search(*response.edited);
  view.pen.tooltip("search", box, "Search titles, people and comments", "/");
}

bool shows_takes(const InboxState& inbox) {
  return inbox.filter != InboxFilter::Trash && !inbox.takes.empty();
}

// Below recordings that wait, where the page's large words have no room.
std::string_view no_clips_words(const InboxState& inbox) {
  if (!inbox.search.empty()) return "Nothing found.";
  if (inbox.filter == InboxFilter::Unwatched) return "You are up to date: everything here has been watched.";
  if (inbox.filter == InboxFilter::Mine) return "Nothing from you is published here yet.";
  return "No updates here yet.";
}

void InboxPage::draw_content(View& view, const Box& area) {
  const InboxState& inbox = view.state.inbox;
  if (inbox.load != LoadState::Ready || (inbox.clips.empty() && !shows_takes(inbox)))
    return draw_nothing(view, area);
  Pen& pen = view.pen;
  ScrollArea scroll(pen, "inbox/scroll", area);
  Box rest = scroll.content();
  rest.right -= area.right - area.left > pen.px(800) ? pen.px(kMargin - 4) : pen.px(16);
  rest.bottom = rest.top + 1e6F;
  const float top = rest.top;
  rest.cut_top(pen.px(4));
  if (shows_takes(inbox)) rest.cut_top(draw_takes(view, rest));
  if (!inbox.clips.empty()) {
    rest.cut_top(draw_cards(view, scroll, rest));
  } else {
    pen.text(rest.cut_top(pen.px(40)), TextStyle::Body, pen.theme.soft_text, no_clips_words(inbox));
  }
  scroll.set_height(rest.top - top + pen.px(24));
}

void InboxPage::draw_nothing(View& view, const Box& area) {
  Pen& pen = view.pen;
  const InboxState& inbox = view.state.inbox;
  if (inbox.load == LoadState::Loading) {
    draw_empty(pen, area, icons::kSync, "Opening the library…",
               "The clips appear here as soon as they are read.");
    return;
  }
  if (inbox.load == LoadState::Failed) {
    const Box place = draw_empty(pen, area, icons::kOffline, "The library can't be reached", inbox.failure);
    const Button retry{.name = "retry", .label = "Try again", .icon = icons::kSync};
    if (draw_button(pen, place.centered(button_width(pen, retry), place.height()), retry))
      view.actions.sync_now();
    return;
  }
  if (!inbox.search.empty()) {
    const Box place = draw_empty(pen, area, icons::kSearch, "Nothing found",
                                 fmt::format("No clip and no comment has “{}” in it.", inbox.search));
    const Button clear{.name = "clear-search", .label = "Clear the search"};
    if (draw_button(pen, place.centered(button_width(pen, clear), place.height()), clear))
      view.actions.search("");
    return;
  }
  if (inbox.filter == InboxFilter::Trash) {
    draw_empty(pen, area, icons::kDelete, "The trash is empty",
               "What you delete lies here for 30 days, and can be brought back.");
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
      view.actions.choose_filter(InboxFilter::All);
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
                      .shortcut = "R"};
  if (draw_button(pen, place.centered(button_width(pen, record), place.height()), record))
    view.actions.show_page(PageId::Record);
}

void draw_take_words(Pen& pen, Box row, const TakeCard& take) {
  Box words = row.centered(row.width(), pen.px(44));
  pen.text(words.cut_top(pen.px(22)), TextStyle::BodyStrong, pen.theme.text, title_or_untitled(take.title));
  Box line = words;
  if (take.is_recovered) {
    pen.icon(line.cut_left(pen.px(16)), icons::kRecovered, IconSize::Small, pen.theme.warning);
    line.cut_left(pen.px(6));
  }
  pen.text(line, TextStyle::Caption, take.is_recovered ? pen.theme.warning : pen.theme.soft_text,
           fmt::format("{} · {} · {}", take.state, format_moment(take.duration), take.age));
}

void draw_take(View& view, const Box& box, const TakeCard& take) {
  Pen& pen = view.pen;
  pen.fill(box, pen.theme.surface, 12);
  pen.outline(box, pen.theme.border, 12);
  Box row = box.inset(pen.px(10));
  const Box poster = row.cut_left(std::round(row.height() * 16 / 9));
  pen.fill(poster, pen.theme.stage, 6);
  pen.icon(poster, icons::kFilm, IconSize::Medium, pen.theme.faint_text);
  pen.picture(poster, "take/" + take.id, take.poster, 6, pen.theme.surface);
  row.cut_left(pen.px(14));
  const std::string open = fmt::format("take/{}/open", take.id);
  const Button publish{.name = open,
                       .label = take.is_on_its_way ? "Show" : "Review and publish",
                       .kind = take.is_on_its_way ? ButtonKind::Secondary : ButtonKind::Primary};
  const Box button = row.cut_right(button_width(pen, publish));
  if (draw_button(pen, button.centered(button.width(), pen.px(kControlHeight)), publish))
    view.actions.open_take(take.id);
  row.cut_right(pen.px(4));
  const std::string discard = fmt::format("take/{}/discard", take.id);
  const Box bin = row.cut_right(pen.px(36)).centered(pen.px(36), pen.px(36));
  if (draw_icon_button(pen, bin, {.name = discard, .icon = icons::kDelete, .tip = "Discard this recording"}))
    view.overlays.ask({"Discard this recording?", "It was never published: nobody can bring it back.",
                       "Discard", [id = take.id](Actions& actions) { actions.discard_take(id); }});
  row.cut_right(pen.px(12));
  draw_take_words(pen, row, take);
}

std::string takes_heading(const std::vector<TakeCard>& takes) {
  const auto on_their_way = std::ranges::count_if(takes, &TakeCard::is_on_its_way);
  const auto waiting = std::ssize(takes) - on_their_way;
  const std::string going = count_of(on_their_way, "recording") + " on the way";
  if (waiting == 0) return going;
  return "Waiting for you: " + count_of(waiting, "recording") + (on_their_way > 0 ? " · " + going : "");
}

float InboxPage::draw_takes(View& view, const Box& area) {
  Pen& pen = view.pen;
  Box rest = area;
  pen.text(rest.cut_top(pen.px(20)), TextStyle::CaptionStrong, pen.theme.soft_text,
           takes_heading(view.state.inbox.takes));
  rest.cut_top(pen.px(8));
  for (const TakeCard& take : view.state.inbox.takes) {
    draw_take(view, rest.cut_top(pen.px(kTakeHeight)), take);
    rest.cut_top(pen.px(8));
  }
  rest.cut_top(pen.px(16));
  return rest.top - area.top;
}

void ask_to_restore(View& view, const ClipCard& clip) {
  view.overlays.ask(
      {"Bring this clip back?",
       fmt::format("“{}” is shown to everybody again, with its comments.", title_or_untitled(clip.title)),
       "Restore", [id = clip.id](Actions& actions) { actions.restore_clip(id); }, false});
}

float InboxPage::draw_cards(View& view, const ScrollArea& scroll, const Box& area) {
  Pen& pen = view.pen;
  const float gap = pen.px(kGap);
  const int columns = std::max(1, int((area.width() + gap) / (pen.px(kNarrowestCard) + gap)));
  const float width = std::floor((area.width() - gap * float(columns - 1)) / float(columns));
  const float height = std::round((width - pen.px(16)) * 9 / 16) + pen.px(kCardFoot);
  const auto& clips = view.state.inbox.clips;
  for (std::size_t i = 0; i < clips.size(); ++i) {
    const auto column = float(i % std::size_t(columns));
    const auto line = float(i / std::size_t(columns));
    const Box card =
        box_at(area.left + column * (width + gap), area.top + line * (height + gap), width, height);
    if (!scroll.shows(card)) continue;
    const bool is_pressed = draw_clip_card(pen, card, clips[i]);
    if (is_pressed && clips[i].deleted.empty()) view.actions.open_clip(clips[i].id);
    if (is_pressed && clips[i].can_restore) ask_to_restore(view, clips[i]);
  }
  const std::size_t lines = (clips.size() + std::size_t(columns) - 1) / std::size_t(columns);
  return float(lines) * (height + gap);
}

}  // namespace

std::unique_ptr<Page> make_inbox_page() {
  return std::make_unique<InboxPage>();
}

}  // namespace meanwhile
