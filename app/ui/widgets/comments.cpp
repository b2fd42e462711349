#include "app/ui/widgets/comments.h"

#include <cstddef>
#include <string>

#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/platform/icons.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/comment_thread.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/reactions.h"
#include "app/ui/widgets/scroll_area.h"

namespace meanwhile {
namespace {

// As the Inbox counts them.
std::size_t comments_in(const WatchState& state) {
  std::size_t count = 0;
  for (const CommentView& comment : state.comments)
    count += comment.replies.size() + (comment.is_deleted ? 0 : 1);
  return count;
}

}  // namespace

namespace {

// What the author says of the update, above what others say.
void draw_description(Pen& pen, Box& rest, const std::string& text) {
  rest.cut_top(pen.px(4));
  rest.cut_top(pen.paragraph(rest.inset(pen.px(20), 0), TextStyle::Body, pen.theme.soft_text, text));
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
  Box head = area.cut_top(pen.px(52)).inset(pen.px(20), 0);
  head.cut_left(pen.text(head, TextStyle::Heading, pen.theme.text, "Comments") + pen.px(10));
  if (const std::size_t count = comments_in(view.state.watch); count > 0)
    pen.text(head, TextStyle::Body, pen.theme.faint_text, std::to_string(count));
  field_.draw(view, area.cut_bottom(field_.height(view.pen, view.state)));
  if (view.state.watch.load == LoadState::Ready) {
    Box row = area.cut_bottom(pen.px(kReactionRow));
    pen.line(row.cut_top(1), pen.theme.border);
    draw_reaction_row(view, row);
  }
  draw_list(view, area);
}

void CommentsPanel::draw_list(View& view, const Box& area) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  hovered_.clear();
  if (state.comments.empty() && state.clip.description.empty()) {
    draw_empty(pen, area, icons::kComment, "No comments yet",
               "Type below: playing pauses, and what you write stays at that moment.");
    return;
  }
  ScrollArea scroll(pen, "comments/scroll", area);
  Box rest = scroll.content();
  const float top = rest.top;
  if (!state.clip.description.empty()) draw_description(pen, rest, state.clip.description);
  for (const CommentView& comment : state.comments) {
    const float height = thread_height(pen, rest.width(), comment, state.answers);
    const Box place = box_at(rest.left, rest.top, rest.width(), height);
    const bool is_new_ask = state.answers.asking == comment.id && revealed_ != comment.id;
    if (is_new_ask) scroll.reveal(place);
    if (scroll.shows(place)) draw_thread(view, place, comment);
    if (area.contains(ImGui::GetIO().MousePos) && place.contains(ImGui::GetIO().MousePos))
      hovered_ = comment.id;
    rest.top += height;
  }
  revealed_ = state.answers.asking;
  scroll.set_height(rest.top - top + pen.px(8));
}

}  // namespace meanwhile
