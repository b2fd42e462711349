#include "app/ui/widgets/comments.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/ui/format.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/comment_thread.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/scroll_area.h"
#include "app/ui/widgets/text_field.h"

namespace meanwhile {
namespace {

const CommentView* find_comment(const std::vector<CommentView>& comments, const std::string& id) {
  const auto found = std::ranges::find(comments, id, &CommentView::id);
  return found == comments.end() ? nullptr : &*found;
}

// What the composer says it is going to do.
std::string composer_title(const WatchState& state) {
  if (state.draft.reply_to) {
    const CommentView* parent = find_comment(state.comments, *state.draft.reply_to);
    return parent != nullptr ? fmt::format("Reply to {}", parent->author.name) : "Reply";
  }
  return fmt::format("At {}", format_moment(state.draft.at.value_or(state.player.position)));
}

}  // namespace

float composer_height(const WatchState& state) {
  return state.draft.text.empty() && !state.draft.reply_to ? 104 : 168;
}

void CommentsPanel::draw(View& view, Box area) {
  Pen& pen = view.pen;
  pen.fill(area, pen.theme.sidebar);
  pen.line({area.left, area.top, area.left + 1, area.bottom}, pen.theme.border);
  area.cut_left(1);
  Box head = area.cut_top(pen.px(52)).inset(pen.px(20), 0);
  head.cut_left(pen.text(head, TextStyle::Heading, pen.theme.text, "Comments") + pen.px(10));
  if (!view.state.watch.comments.empty())
    pen.text(head, TextStyle::Body, pen.theme.faint_text, std::to_string(view.state.watch.comments.size()));
  draw_composer(view, area.cut_bottom(pen.px(composer_height(view.state.watch))));
  draw_list(view, area);
}

void CommentsPanel::draw_list(View& view, const Box& area) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  if (state.comments.empty()) {
    draw_empty(pen, area, icons::kComment, "No comments yet",
               "Type below: playing pauses, and what you write stays at that moment.");
    return;
  }
  ScrollArea scroll(pen, "comments/scroll", area);
  Box rest = scroll.content();
  const float top = rest.top;
  for (const CommentView& comment : state.comments) {
    const float height = thread_height(pen, rest.width(), comment);
    const Box place = box_at(rest.left, rest.top, rest.width(), height);
    if (scroll.shows(place)) draw_thread(view, place, comment);
    rest.top += height;
  }
  scroll.set_height(rest.top - top + pen.px(8));
}

void CommentsPanel::draw_composer(View& view, Box area) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  pen.line(area.cut_top(1), pen.theme.border);
  Box inside = area.inset(pen.px(16), pen.px(12));
  Box head = inside.cut_top(pen.px(22));
  pen.icon(head.cut_left(pen.px(16)), state.draft.reply_to ? icons::kReply : icons::kComment, IconSize::Small,
           pen.theme.accent);
  head.cut_left(pen.px(8));
  const bool is_writing = !state.draft.text.empty() || state.draft.reply_to;
  if (is_writing) {
    const Box cancel = head.cut_right(pen.px(24));
    if (draw_icon_button(
            pen, cancel.centered(pen.px(24), pen.px(24)),
            {.name = "draft/cancel", .icon = icons::kClose, .tip = "Drop this", .size = IconSize::Small}))
      view.actions.cancel_draft();
  }
  pen.text(head, TextStyle::CaptionStrong, pen.theme.accent, composer_title(state));
  inside.cut_top(pen.px(6));
  if (is_writing) {
    Box row = inside.cut_bottom(pen.px(32));
    inside.cut_bottom(pen.px(8));
    const Button send{.name = "draft/send",
                      .label = "Send",
                      .icon = icons::kSend,
                      .kind = ButtonKind::Primary,
                      .is_enabled = can_send(state.draft),
                      .tip = "Send",
                      .shortcut = "Ctrl+Enter"};
    if (draw_button(pen, row.cut_right(button_width(pen, send)), send)) view.actions.send_draft();
    pen.text(row, TextStyle::Caption, pen.theme.faint_text, "Ctrl+Enter sends");
  }
  // A new reply is begun by a press: the field is where the hands go next.
  const bool is_new_reply = std::exchange(generation_, state.draft.generation) != state.draft.generation &&
                            state.draft.reply_to.has_value();
  const TextField field{.name = "draft",
                        .text = state.draft.text,
                        .hint = state.draft.reply_to ? "Write a reply" : "Comment on this moment",
                        .is_multiline = true,
                        .generation = state.draft.generation,
                        .takes_focus = std::exchange(takes_focus_, false) || is_new_reply};
  const TextFieldResponse response = draw_text_field(pen, inside, field);
  if (response.edited) view.actions.edit_draft(*response.edited);
  if (!is_writing) pen.tooltip("draft", inside, "Write a comment; playing pauses", "C");
}

}  // namespace meanwhile
