#include "app/ui/widgets/comment_thread.h"

#include <fmt/format.h>

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/events.h"
#include "app/library/format.h"
#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/edited_time.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/ask_card.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/comment_entry.h"
#include "app/ui/widgets/pieces.h"
#include "media/base/media_time.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kSide = 20;   // left and right of a thread
constexpr float kAbove = 12;  // and below
constexpr float kToolsHeight = 24;
constexpr float kAskHeight = 26;  // a line of it
constexpr float kAskGap = 4;      // above
constexpr float kAnswerHeight = 40;

float inner_width(const Pen& pen, float width) {
  return width - pen.px(2 * kSide);
}

float reply_width(const Pen& pen, float width) {
  return inner_width(pen, width) - pen.px(kWordsLeft);
}

float ask_height(const Pen& pen, const CommentView& comment) {
  if (!comment.ask) return 0;
  const float lines = comment.ask->by.empty() ? 1 : 2;
  return pen.px(kAskGap + lines * kAskHeight + (comment.ask->waits_for_me ? kAnswerHeight : 0));
}

std::string stamp_of(const WatchState& state, const CommentView& comment) {
  if (!is_about_shown(state, comment)) return format_moment(comment.at);
  if (!comment.to || is_cut(state, comment.at)) return shown_moment(state, comment.at);
  return fmt::format("{} – {}", shown_moment(state, comment.at),
                     format_moment(shown_time(state, *comment.to)));
}

// What was said about an earlier version is shown on that one.
void play_from(Actions& actions, const WatchState& state, const CommentView& comment) {
  if (!is_about_shown(state, comment))
    actions.watch.show_version(comment.is_on_earlier ? comment.version : state.clip.version, comment.at);
  else
    actions.watch.seek(comment.at);
}

// The moment, as something to press.
void draw_stamp(View& view, Box& row, const CommentView& comment) {
  Pen& pen = view.pen;
  const std::string stamp = stamp_of(view.state.watch, comment);
  const float width = pill_width(pen, stamp);
  const Box place = row.cut_left(width);
  const std::string part = fmt::format("comment/{}/moment", comment.id);
  const Response response =
      pen.input.part(part, place, {.role = AccessibleRole::Button, .name = tr("Play from"), .value = stamp});
  draw_pill(pen, place, mixed(pen.theme.accent_tint, pen.theme.accent_fill, response.glow),
            mixed(pen.theme.accent, pen.theme.on_accent, response.glow), stamp);
  if (response.is_focused) pen.ring(place, 6);
  if (response.is_clicked) play_from(view.actions, view.state.watch, comment);
}

void draw_tools(View& view, Box row, const CommentView& comment) {
  Pen& pen = view.pen;
  const auto tool = [&](std::string_view what, Icon icon, std::string_view tip,
                        std::optional<bool> is_on = std::nullopt, std::string_view spoken = {}) {
    const std::string name = fmt::format("comment/{}/{}", comment.id, what);
    const Box box = row.cut_right(pen.px(26)).centered(pen.px(24), pen.px(24));
    return draw_icon_button(
        pen, box,
        {.name = name, .icon = icon, .tip = tip, .is_on = is_on, .size = IconSize::Small, .spoken = spoken});
  };
  if (comment.is_mine && !comment.is_deleted) {
    if (tool("delete", icons::kDelete, tr("Delete"))) ask_to_delete_comment(view.overlays, comment.id);
    if (tool("edit", icons::kDraw, tr_in("button", "Edit"))) view.actions.answers.begin_edit(comment.id);
  }
  if (tool("resolve", comment.is_resolved ? icons::kResolved : icons::kResolve,
           comment.is_resolved ? tr_format("Resolved by {}: open it again", comment.resolved_by)
                               : tr("Resolve"),
           comment.is_resolved, tr("Resolved")))
    view.actions.answers.resolve(comment.id, !comment.is_resolved);
  if (tool("reply", icons::kReply, tr_in("button", "Reply"))) view.actions.answers.begin_reply(comment.id);
}

// Where the pointer is.
void open_comment_menu(View& view, const CommentView& comment) {
  Menu menu{.name = "comment/menu", .anchor = pointer_anchor(), .width_points = 200};
  std::vector<std::function<void(Actions&)>> choices;
  const auto add = [&](MenuItem item, std::function<void(Actions&)> choose) {
    menu.items.push_back(std::move(item));
    choices.push_back(std::move(choose));
  };
  const std::string& id = comment.id;
  const std::string moment = shown_moment(view.state.watch, comment.at);
  // TRANSLATORS: {} is a moment such as 1:23.
  add({tr_format("Play from {}", moment), {}, icons::kPlay},
      [comment, state = &view.state.watch](Actions& actions) { play_from(actions, *state, comment); });
  add({tr_in("button", "Reply"), {}, icons::kReply},
      [id](Actions& actions) { actions.answers.begin_reply(id); });
  add({comment.is_resolved ? tr("Open it again") : tr("Resolve"),
       {},
       comment.is_resolved ? icons::kResolved : icons::kResolve},
      [id, resolved = !comment.is_resolved](Actions& actions) { actions.answers.resolve(id, resolved); });
  add({tr_format("Copy link to {}", moment), {}, icons::kLink},
      [clip = view.state.watch.clip.id, at = comment.at](Actions& actions) {
        actions.clips.copy_link_at(clip, at);
      });
  if (comment.author.is_guest)
    add(know_guest_item(comment.author), [guest = comment.author](Actions& actions) {
      actions.answers.know_guest(guest, guest.known_by.empty());
    });
  if (comment.is_mine && !comment.is_deleted)
    add({tr_in("button", "Edit"), {}, icons::kDraw},
        [id](Actions& actions) { actions.answers.begin_edit(id); });
  // A guest's words belong to nobody here.
  if ((comment.is_mine || comment.author.is_guest) && !comment.is_deleted) {
    add({.label = tr("Delete"), .detail = {}, .icon = icons::kDelete, .is_dangerous = true},
        [id, overlays = &view.overlays](Actions&) { ask_to_delete_comment(*overlays, id); });
  }
  menu.choose = [choices](Actions& actions, std::size_t item) { choices[item](actions); };
  view.overlays.open(std::move(menu));
}

std::string lines_of(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += (all.empty() ? "" : "\n") + line;
  return all;
}

// "Decision  3 of 5 answered", below it until when; each tells more where the pointer rests.
void draw_ask(View& view, Box area, const CommentView& comment) {
  Pen& pen = view.pen;
  const AskView& ask = *comment.ask;
  area.cut_top(pen.px(kAskGap));
  Box row = area.cut_top(pen.px(kAskHeight));
  const AskColors colors = ask_colors(pen.theme, ask.kind);
  Box line = row.centered(row.width(), pen.px(20));
  line.cut_left(draw_pill(pen, line, colors.tint, colors.words, ask_kind_words(ask.kind)) + pen.px(8));
  pen.text(line, TextStyle::CaptionStrong, pen.theme.soft_text, ask.answered);
  const std::string who = fmt::format("comment/{}/who", comment.id);
  pen.input.part(who, line, Focus::Skips);
  if (!ask.people.empty()) pen.tooltip(who, line, lines_of(ask.people));
  if (!ask.by.empty()) {
    const Box by = area.cut_top(pen.px(kAskHeight));
    const std::string part = fmt::format("comment/{}/by", comment.id);
    pen.input.part(part, by, Focus::Skips);
    pen.text(by, TextStyle::Caption, pen.theme.soft_text, ask.by);
    if (!ask.by_elsewhere.empty()) pen.tooltip(part, by, ask.by_elsewhere);
  }
  if (!ask.waits_for_me) return;
  Box buttons = area.cut_top(pen.px(kAnswerHeight)).inset(0, pen.px(3));
  const bool is_know = ask.kind == AskKind::Know;
  const std::string part = fmt::format("comment/{}/answer", comment.id);
  const Button answer{.name = part,
                      .label = is_know ? tr("Got it") : tr_in("button", "Answer"),
                      .icon = is_know ? icons::kCheck : icons::kReply,
                      .kind = ButtonKind::Primary};
  if (!draw_button(pen, buttons.cut_left(button_width(pen, answer)), answer)) return;
  is_know ? view.actions.answers.acknowledge(comment.id) : view.actions.answers.answer_ask(comment.id);
}

std::string spoken_origin(const WatchState& state, const CommentView& comment) {
  const std::string at = stamp_of(state, comment);
  if (!comment.ask && comment.is_mine) return tr_format("Comment by you at {}", at);
  if (!comment.ask) return tr_format("Comment by {} at {}", comment.author.name, at);
  const std::string_view kind = ask_kind_words(comment.ask->kind);
  // TRANSLATORS: "Question, Decision by you at 1:23"
  if (comment.is_mine) return tr_format("Question, {} by you at {}", kind, at);
  return tr_format("Question, {} by {} at {}", kind, comment.author.name, at);
}

// As a list of comments is read: what kind, whose, when, what.
std::string spoken_name(const WatchState& state, const CommentView& comment) {
  std::string name = spoken_origin(state, comment);
  const auto add = [&](std::string_view more) { name.append(", ").append(more); };
  if (comment.is_new) add(tr_in("a comment", "new"));
  if (comment.is_resolved) add(tr_in("a comment", "resolved"));
  if (comment.ask && comment.ask->waits_for_me) add(tr("waiting for your answer"));
  name += ": " + comment.text;
  if (const std::size_t count = comment.replies.size(); count > 0)
    add(tr_count(count, "{} reply", "{} replies", count));
  return name;
}

}  // namespace

float thread_height(const Pen& pen, float width, const CommentView& comment, const AnswerState& answers) {
  float height = pen.px(2 * kAbove) + entry_height(pen, inner_width(pen, width), comment, answers) +
                 ask_height(pen, comment) + pen.px(8 + kToolsHeight);
  for (const CommentView& reply : comment.replies)
    height += pen.px(12) + entry_height(pen, reply_width(pen, width), reply, answers);
  return height;
}

void draw_thread(View& view, const Box& box, const CommentView& comment) {
  Pen& pen = view.pen;
  const AnswerState& answers = view.state.watch.answers;
  const std::string part = fmt::format("comment/{}", comment.id);
  const Response response = pen.input.part(part, box, Focus::Skips);
  const std::string spoken = pen.input.narration().is_heard() ? spoken_name(view.state.watch, comment) : "";
  const SpokenGroup group(pen.input.narration(), part, box,
                          {.role = AccessibleRole::ListItem, .name = spoken, .has_menu = true});
  const bool waits = comment.ask && comment.ask->waits_for_me;
  if (waits)
    pen.fill(box.inset(pen.px(8), pen.px(2)), faded(ask_colors(pen.theme, comment.ask->kind).tint, 0.55F),
             10);
  pen.fill(box.inset(pen.px(8), 0), faded(pen.theme.hover, response.glow * 0.6F), 10);
  const bool is_edited_now = answers.edit && answers.edit->comment == comment.id;
  if (response.is_clicked && !is_edited_now) view.actions.watch.seek(comment.at);
  if (response.wants_menu && !is_edited_now) open_comment_menu(view, comment);
  Box rest = box.inset(pen.px(kSide), pen.px(kAbove));
  draw_entry(view, rest.cut_top(entry_height(pen, rest.width(), comment, answers)), comment,
             EntryKind::Comment);
  rest.cut_left(pen.px(kWordsLeft));
  if (comment.ask) draw_ask(view, rest.cut_top(ask_height(pen, comment)), comment);
  rest.cut_top(pen.px(8));
  Box tools = rest.cut_top(pen.px(kToolsHeight));
  Box stamp = tools.centered(tools.width(), pen.px(20));
  draw_stamp(view, stamp, comment);
  draw_tools(view, tools, comment);
  for (const CommentView& reply : comment.replies) {
    rest.cut_top(pen.px(12));
    draw_entry(view, rest.cut_top(entry_height(pen, rest.width(), reply, answers)), reply, EntryKind::Reply);
  }
}

}  // namespace meanwhile
