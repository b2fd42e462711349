#include "app/ui/widgets/comment_thread.h"

#include <fmt/format.h>

#include "app/ui/format.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/pieces.h"

namespace meanwhile {
namespace {

constexpr float kSide = 20;   // left and right of a thread
constexpr float kAbove = 12;  // and below
constexpr float kAvatar = 28;
constexpr float kReplyAvatar = 22;
constexpr float kWordsLeft = kAvatar + 10;
constexpr float kNameHeight = 20;
constexpr float kGap = 4;

float words_width(const Pen& pen, float width, bool is_reply) {
  return width - pen.px(2 * kSide + kWordsLeft + (is_reply ? kReplyAvatar + 10 : 0));
}

float entry_height(const Pen& pen, float width, const CommentView& comment, bool is_reply) {
  return pen.px(kNameHeight + kGap) +
         pen.paragraph_height(words_width(pen, width, is_reply), TextStyle::Body, comment.text);
}

std::string stamp_of(const CommentView& comment) {
  if (!comment.to) return format_moment(comment.at);
  return fmt::format("{} – {}", format_moment(comment.at), format_moment(*comment.to));
}

void draw_name(View& view, Box row, const CommentView& comment) {
  Pen& pen = view.pen;
  const std::string name = comment.is_mine ? "You" : comment.author.name;
  const float reserved = pen.text_width(TextStyle::Caption, comment.age) + pen.px(8);
  Box words = row;
  words.right = std::max(words.left, words.right - reserved);
  const float width = pen.text(words, TextStyle::BodyStrong, pen.theme.text, name);
  row.cut_left(width + pen.px(8));
  pen.text(row, TextStyle::Caption, pen.theme.faint_text, comment.is_waiting ? "sending…" : comment.age);
}

// The moment, as something to press.
void draw_stamp(View& view, Box& row, const CommentView& comment) {
  Pen& pen = view.pen;
  const std::string stamp = stamp_of(comment);
  const float width = pill_width(pen, stamp);
  const Box place = row.cut_left(width);
  const std::string part = fmt::format("comment/{}/moment", comment.id);
  const Response response = pen.input.part(part, place);
  draw_pill(pen, place, mixed(pen.theme.accent_tint, pen.theme.accent_fill, response.glow),
            mixed(pen.theme.accent, pen.theme.on_accent, response.glow), stamp);
  if (response.is_focused) pen.ring(place, 6);
  if (response.is_clicked) view.actions.seek(comment.at);
}

void ask_to_delete(View& view, const CommentView& comment) {
  view.overlays.ask({"Delete this comment?", "It disappears for everyone. Replies to it stay.", "Delete",
                     [id = comment.id](Actions& actions) { actions.delete_comment(id); }});
}

void draw_tools(View& view, Box row, const CommentView& comment) {
  Pen& pen = view.pen;
  const auto tool = [&](std::string_view what, Icon icon, std::string_view tip, bool is_on = false) {
    const std::string name = fmt::format("comment/{}/{}", comment.id, what);
    const Box box = row.cut_right(pen.px(26)).centered(pen.px(24), pen.px(24));
    return draw_icon_button(
        pen, box, {.name = name, .icon = icon, .tip = tip, .is_on = is_on, .size = IconSize::Small});
  };
  if (comment.is_mine && tool("delete", icons::kDelete, "Delete")) ask_to_delete(view, comment);
  if (tool("resolve", comment.is_resolved ? icons::kResolved : icons::kResolve,
           comment.is_resolved ? "Open again" : "Resolve", comment.is_resolved))
    view.actions.resolve(comment.id, !comment.is_resolved);
  if (tool("reply", icons::kReply, "Reply")) view.actions.begin_reply(comment.id);
}

void draw_entry(View& view, Box area, const CommentView& comment, bool is_reply) {
  Pen& pen = view.pen;
  const float side = pen.px(is_reply ? kReplyAvatar : kAvatar);
  draw_avatar(pen, box_at(area.left, area.top, side, side), comment.author);
  area.cut_left(side + pen.px(10));
  Box row = area.cut_top(pen.px(kNameHeight));
  if (is_reply && comment.is_mine) {
    const std::string name = fmt::format("comment/{}/delete", comment.id);
    const Box bin = row.cut_right(pen.px(24)).centered(pen.px(24), pen.px(24));
    if (draw_icon_button(pen, bin,
                         {.name = name, .icon = icons::kDelete, .tip = "Delete", .size = IconSize::Small}))
      ask_to_delete(view, comment);
  }
  if (comment.is_new) {
    const Box dot = row.cut_right(pen.px(10));
    pen.disc(dot.middle(), pen.px(4), pen.theme.accent);
  }
  draw_name(view, row, comment);
  area.cut_top(pen.px(kGap));
  pen.paragraph(area, TextStyle::Body, comment.is_resolved ? pen.theme.faint_text : pen.theme.text,
                comment.text);
}

constexpr float kToolsHeight = 24;

}  // namespace

float thread_height(const Pen& pen, float width, const CommentView& comment) {
  float height = pen.px(2 * kAbove) + entry_height(pen, width, comment, false) + pen.px(8 + kToolsHeight);
  for (const CommentView& reply : comment.replies)
    height += pen.px(12) + entry_height(pen, width, reply, true);
  return height;
}

void draw_thread(View& view, const Box& box, const CommentView& comment) {
  Pen& pen = view.pen;
  const std::string part = fmt::format("comment/{}", comment.id);
  const Response response = pen.input.part(part, box, Focus::Skips);
  pen.fill(box.inset(pen.px(8), 0), faded(pen.theme.hover, response.glow * 0.6F), 10);
  if (response.is_clicked) view.actions.seek(comment.at);
  Box rest = box.inset(pen.px(kSide), pen.px(kAbove));
  draw_entry(view, rest.cut_top(entry_height(pen, box.width(), comment, false)), comment, false);
  rest.cut_left(pen.px(kWordsLeft));
  rest.cut_top(pen.px(8));
  Box tools = rest.cut_top(pen.px(kToolsHeight));
  Box stamp = tools.centered(tools.width(), pen.px(20));
  draw_stamp(view, stamp, comment);
  draw_tools(view, tools, comment);
  for (const CommentView& reply : comment.replies) {
    rest.cut_top(pen.px(12));
    draw_entry(view, rest.cut_top(entry_height(pen, box.width(), reply, true)), reply, true);
  }
}

}  // namespace meanwhile
