#include "app/ui/widgets/comments.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/linked_text.h"
#include "app/library/settings.h"
#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/comment_filter.h"
#include "app/ui/edited_time.h"
#include "app/ui/narration.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/comment_thread.h"
#include "app/ui/widgets/linked_text.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/reactions.h"
#include "app/ui/widgets/scroll_area.h"
#include "app/ui/widgets/side_tabs.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

// As the Inbox counts them.
std::size_t comments_in(const WatchState& state) {
  std::size_t count = 0;
  for (const CommentView& comment : state.comments)
    count += comment.replies.size() + (comment.is_deleted ? 0 : 1);
  return count;
}

// What the author says of the update, above what others say.
void draw_description(View& view, Box& rest, const std::string& text) {
  Pen& pen = view.pen;
  rest.cut_top(pen.px(4));
  const LinkedText linked = linked_text(text, Markup::Links);
  rest.cut_top(draw_linked_text(view, rest.inset(pen.px(20), 0), "description", pen.theme.soft_text, linked));
  rest.cut_top(pen.px(12));
  pen.line(rest.cut_top(1), pen.theme.border);
  rest.cut_top(pen.px(8));
}

}  // namespace

void CommentsPanel::draw(View& view, Box area) {
  Pen& pen = view.pen;
  pen.fill(area, pen.theme.sidebar);
  pen.line({area.left, area.top, area.left + 1, area.bottom}, pen.theme.border);
  area.cut_left(1);
  const SpokenGroup group(pen.input.narration(), "comments", area,
                          {.role = AccessibleRole::Group, .name = tr("Comments")});
  if (std::exchange(clip_, view.state.watch.clip.id) != view.state.watch.clip.id) filter_ = {};
  draw_head(view, area.cut_top(pen.px(52)).inset(pen.px(20), 0));
  field_.draw(view, area.cut_bottom(field_.height(view.pen, view.state)));
  if (view.state.watch.load == LoadState::Ready) {
    Box row = area.cut_bottom(pen.px(kReactionRow));
    pen.line(row.cut_top(1), pen.theme.border);
    draw_reaction_row(view, row);
  }
  draw_list(view, area);
}

void CommentsPanel::draw_head(View& view, Box row) {
  Pen& pen = view.pen;
  const auto tool = [&](std::string_view name, Icon icon, std::string_view tip, bool is_on,
                        std::string_view spoken = {}) {
    const Box box = row.cut_right(pen.px(32)).centered(pen.px(30), pen.px(30));
    return draw_icon_button(
        pen, box,
        {.name = name, .icon = icon, .tip = tip, .is_on = is_on, .size = IconSize::Small, .spoken = spoken});
  };
  const Box anchor{row.right - pen.px(32), row.top, row.right, row.bottom - pen.px(8)};
  if (!view.state.watch.comments.empty()) {
    if (tool("comments/filter", icons::kFilter, tr("Which comments"), filter_ != CommentFilter{}))
      open_filter(view, anchor);
    const bool follows = view.state.settings.chosen.follow_comments;
    if (tool("comments/follow", icons::kFollow,
             follows ? tr("The list follows playback") : tr("The list stays where it is"), follows,
             tr("The list follows playback")))
      view.actions.settings.change([follows](Settings& settings) { settings.follow_comments = !follows; });
  }
  if (view.state.watch.tools.captions) return draw_side_tabs(view, row, comments_in(view.state.watch));
  row.cut_left(pen.text(row, TextStyle::Heading, pen.theme.text, tr("Comments")) + pen.px(10));
  if (const std::size_t count = comments_in(view.state.watch); count > 0)
    pen.text(row, TextStyle::Body, pen.theme.faint_text, std::to_string(count));
}

void CommentsPanel::open_filter(View& view, const Box& anchor) {
  std::vector<CommentFilter> choices{
      {CommentsShown::All}, {CommentsShown::Open}, {CommentsShown::Mine}, {CommentsShown::Unread}};
  const std::array labels{tr_in("comments", "All"), tr_in("comments", "Open"), tr_in("comments", "Mine"),
                          tr_in("comments", "Unread")};
  Menu menu{.name = "comments/menu", .anchor = anchor, .width_points = 200};
  for (std::size_t i = 0; i < labels.size(); ++i)
    menu.items.push_back({labels[i], {}, std::nullopt, filter_ == choices[i]});
  for (const PersonView& person : writers_of(view.state.watch.comments)) {
    choices.push_back({CommentsShown::OfPerson, person.id});
    menu.items.push_back({person.name, {}, icons::kPerson, filter_ == choices.back()});
  }
  // The panel outlives every menu over it.
  menu.choose = [this, choices](Actions&, std::size_t item) { filter_ = choices[item]; };
  view.overlays.open(std::move(menu));
}

void CommentsPanel::draw_nothing(View& view, const Box& area) {
  if (view.state.watch.comments.empty()) {
    draw_empty(view.pen, area, icons::kComment, tr("No comments yet"),
               tr("Type below: playing pauses, and what you write stays at that moment."));
    return;
  }
  const Box place =
      draw_empty(view.pen, area, icons::kFilter, tr("None of the comments"), tr("They are filtered."));
  const Button all{.name = "comments/all", .label = tr("Show all comments")};
  if (draw_button(view.pen, place.centered(button_width(view.pen, all), place.height()), all)) filter_ = {};
}

void draw_cut_heading(Pen& pen, Box& rest) {
  const Box row = rest.cut_top(pen.px(36)).inset(pen.px(20), 0);
  pen.text(row, TextStyle::CaptionStrong, pen.theme.faint_text, tr("In a part that was cut"));
}

void CommentsPanel::draw_list(View& view, const Box& area) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  hovered_.clear();
  const bool is_any_shown = std::ranges::any_of(
      state.comments, [&](const CommentView& comment) { return is_shown(comment, filter_); });
  if (!is_any_shown && state.clip.description.empty()) return draw_nothing(view, area);
  const SpokenGroup group(pen.input.narration(), "comments/list", area,
                          {.role = AccessibleRole::List, .name = tr("Comments")});
  ScrollArea scroll(pen, "comments/scroll", area);
  Box rest = scroll.content();
  const float top = rest.top;
  if (!state.clip.description.empty()) draw_description(view, rest, state.clip.description);
  const bool is_pointed_at = area.contains(ImGui::GetIO().MousePos);
  const auto comments = in_shown_order(state, filter_);
  const CommentView* now = passed_last(state, comments);
  const std::string now_id = now ? now->id : "";
  // Whoever points at the list reads it: it stays where it is.
  const bool moves = view.state.settings.chosen.follow_comments && !is_pointed_at && now_id != followed_;
  bool is_cut_said = false;
  for (const CommentView* shown : comments) {
    const CommentView& comment = *shown;
    if (is_cut(state, comment) && !std::exchange(is_cut_said, true)) draw_cut_heading(pen, rest);
    const float height = thread_height(pen, rest.width(), comment, state.answers);
    const Box place = box_at(rest.left, rest.top, rest.width(), height);
    const bool is_new_ask = state.answers.asking == comment.id && revealed_ != comment.id;
    const bool is_now = comment.id == now_id;
    if (is_new_ask || (moves && is_now)) scroll.reveal(place);
    if (scroll.shows(place)) draw_thread(view, place, comment);
    if (is_now)
      pen.fill({place.left, place.top + pen.px(6), place.left + pen.px(3), place.bottom - pen.px(6)},
               pen.theme.accent, 1.5F);
    if (is_pointed_at && place.contains(ImGui::GetIO().MousePos)) hovered_ = comment.id;
    rest.top += height;
  }
  if (!is_pointed_at) followed_ = now_id;
  revealed_ = state.answers.asking;
  scroll.set_height(rest.top - top + pen.px(8));
}

}  // namespace meanwhile
