#include "app/ui/widgets/comment_entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "app/library/linked_text.h"
#include "app/library/person_name.h"
#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/actions/answer_actions.h"
#include "app/ui/box.h"
#include "app/ui/draft.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/linked_text.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/recorded_answer.h"
#include "app/ui/widgets/text_field.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kAvatar = 28;
constexpr float kNameHeight = 20;
constexpr float kEntryGap = 4;
constexpr float kFieldHeight = 84;
constexpr float kFieldButtons = 40;
constexpr float kChip = 26;

bool is_edited_now(const CommentView& comment, const AnswerState& answers) {
  return answers.edit && answers.edit->comment == comment.id;
}

std::string_view name_of(const PersonView& person) {
  return person.is_guest ? without_guest_mark(person.name) : std::string_view(person.name);
}

std::string guest_label(const PersonView& guest) {
  return guest.known_by.empty() ? tr("guest") : tr("guest, known");
}

void open_guest_menu(View& view, const Box& anchor, const CommentView& comment) {
  Menu menu{.name = "guest/menu", .anchor = anchor, .width_points = 240};
  menu.items.push_back(know_guest_item(comment.author));
  menu.items.push_back({.label = tr("Delete"), .detail = {}, .icon = icons::kDelete, .is_dangerous = true});
  menu.choose = [guest = comment.author, id = comment.id, overlays = &view.overlays](Actions& actions,
                                                                                     std::size_t item) {
    if (item == 0) return actions.answers.know_guest(guest, guest.known_by.empty());
    ask_to_delete_comment(*overlays, id);
  };
  view.overlays.open(std::move(menu));
}

float words_height(const Pen& pen, float width, const CommentView& comment, const AnswerState& answers) {
  if (is_edited_now(comment, answers)) return pen.px(kFieldHeight + kFieldButtons);
  return comment.text.empty() ? 0 : pen.paragraph_height(width, TextStyle::Body, comment.text);
}

float versions_height(const Pen& pen, float width, const CommentView& comment) {
  float height = 0;
  for (const std::string& version : comment.versions)
    height += pen.px(6) + pen.paragraph_height(width - pen.px(10), TextStyle::Caption, version);
  return height;
}

float attached_height(const Pen& pen, float width, const CommentView& comment, const AnswerState& answers) {
  float height = comment.drawing.empty() ? 0 : pen.px(kChip + 4);
  if (comment.media) height += pen.px(8) + recorded_answer_height(pen, width, comment, answers);
  return height;
}

// A press on it offers to say who that is.
void draw_guest_mark(View& view, Box& row, const CommentView& comment) {
  Pen& pen = view.pen;
  const PersonView& guest = comment.author;
  const std::string label = guest_label(guest);
  const std::string part = fmt::format("comment/{}/guest", comment.id);
  Box place = row.cut_left(pill_width(pen, label));
  place = place.centered(place.width(), pen.px(18));
  const Response response = pen.input.part(
      part, place, {.role = AccessibleRole::MenuButton, .name = tr("Who is that"), .value = label});
  draw_pill(pen, place, mixed(pen.theme.field, pen.theme.hover, response.glow), pen.theme.soft_text, label);
  if (response.is_focused) pen.ring(place, 6);
  pen.tooltip(part, place,
              guest.known_by.empty() ? tr("Answered by a shared link. Do you know who that is?")
                                     : tr_format("{} says who that is", guest.known_by));
  if (response.is_clicked || response.wants_menu) open_guest_menu(view, place, comment);
  row.cut_left(pen.px(8));
}

void draw_name(View& view, Box row, const CommentView& comment) {
  Pen& pen = view.pen;
  const std::string name =
      comment.is_mine ? tr_in("the author", "You") : std::string(name_of(comment.author));
  const std::string age = comment.is_waiting ? tr("sending…") : comment.age;
  const std::string_view edited_mark = tr_in("a comment", "edited");
  float edited = comment.is_edited ? pen.text_width(TextStyle::Caption, edited_mark) + pen.px(8) : 0;
  if (comment.author.is_guest) edited += pill_width(pen, guest_label(comment.author)) + pen.px(8);
  Box words = row;
  words.right =
      std::max(words.left, words.right - pen.text_width(TextStyle::Caption, age) - edited - pen.px(8));
  row.cut_left(pen.text(words, TextStyle::BodyStrong, pen.theme.text, name) + pen.px(8));
  if (comment.author.is_guest) draw_guest_mark(view, row, comment);
  const Box written = row.cut_left(pen.text(row, TextStyle::Caption, pen.theme.faint_text, age) + pen.px(8));
  if (!comment.written_at.empty()) {
    const std::string part = fmt::format("comment/{}/age", comment.id);
    pen.input.part(part, written, Focus::Skips);
    pen.tooltip(part, written, comment.written_at);
  }
  if (!comment.is_edited) return;
  const std::string part = fmt::format("comment/{}/versions", comment.id);
  const Box place = row.cut_left(pen.text_width(TextStyle::Caption, edited_mark));
  const std::string_view tip =
      comment.versions.empty() ? tr("Show what it said before") : tr("Hide what it said before");
  const Response response = pen.input.part(
      part, place,
      {.role = AccessibleRole::Button, .name = tr_in("a comment", "Edited"), .description = tip});
  pen.text(place, TextStyle::Caption, mixed(pen.theme.faint_text, pen.theme.accent, response.glow),
           edited_mark);
  if (response.is_focused) pen.ring(place, 4);
  pen.tooltip(part, place, tip);
  if (response.is_clicked) view.actions.answers.show_versions(comment.id);
}

void draw_edit(View& view, Box area, const CommentView& comment) {
  Pen& pen = view.pen;
  AnswerActions& answers = view.actions.answers;
  const std::string name = fmt::format("edit/{}", comment.id);
  const std::string& text = view.state.watch.answers.edit->text;
  const TextField field{
      .name = name, .text = text, .hint = tr("What it says from now on"), .is_multiline = true};
  const TextFieldResponse response = draw_text_field(pen, area.cut_top(pen.px(kFieldHeight)), field);
  if (response.edited) answers.change_edit(*response.edited);
  Box row = area.inset(0, pen.px(4));
  const Button save{.name = "edit/save",
                    .label = tr("Save"),
                    .kind = ButtonKind::Primary,
                    .is_enabled = can_send({.text = text}),
                    .tip = tr("Save"),
                    .shortcut = tr("Ctrl+Enter")};
  if (draw_button(pen, row.cut_right(button_width(pen, save)), save)) answers.send_edit();
  row.cut_right(pen.px(8));
  const Button cancel{.name = "edit/cancel", .label = tr("Cancel"), .kind = ButtonKind::Ghost};
  if (draw_button(pen, row.cut_right(button_width(pen, cancel)), cancel)) answers.cancel_edit();
}

void draw_versions(Pen& pen, Box area, const CommentView& comment) {
  for (const std::string& version : comment.versions) {
    area.cut_top(pen.px(6));
    Box line = area;
    line.bottom = line.top + pen.paragraph_height(area.width() - pen.px(10), TextStyle::Caption, version);
    pen.fill(line.cut_left(pen.px(2)), pen.theme.strong_border, 1);
    line.cut_left(pen.px(8));
    pen.paragraph(line, TextStyle::Caption, pen.theme.faint_text, version);
    area.cut_top(line.height());
  }
}

void draw_drawing_chip(View& view, const Box& row, const CommentView& comment) {
  Pen& pen = view.pen;
  const std::string part = fmt::format("comment/{}/drawing", comment.id);
  const std::string label = tr("Drawing");
  Box chip = row.centered(row.width(), pen.px(22));
  chip.right = chip.left + pen.text_width(TextStyle::Caption, label) + pen.px(34);
  const Response response = pen.input.part(
      part, chip,
      {.role = AccessibleRole::Button, .name = tr("Drawing"), .description = tr("Shows it at its moment")});
  pen.fill(chip, mixed(pen.theme.field, pen.theme.accent_tint, response.glow), 6);
  if (response.is_focused) pen.ring(chip, 6);
  chip = chip.inset(pen.px(6), 0);
  pen.icon(chip.cut_left(pen.px(16)), icons::kBrush, IconSize::Small, pen.theme.accent);
  chip.cut_left(pen.px(5));
  pen.text(chip, TextStyle::Caption, pen.theme.soft_text, label);
  if (response.is_clicked) view.actions.watch.seek(comment.at);
}

// Of a reply: its comment has them in a row of their own.
void draw_reply_tools(View& view, Box& row, const CommentView& comment) {
  Pen& pen = view.pen;
  const auto tool = [&](std::string_view what, Icon icon, std::string_view tip) {
    const std::string name = fmt::format("comment/{}/{}", comment.id, what);
    const Box box = row.cut_right(pen.px(24)).centered(pen.px(24), pen.px(24));
    return draw_icon_button(pen, box, {.name = name, .icon = icon, .tip = tip, .size = IconSize::Small});
  };
  if (tool("delete", icons::kDelete, tr("Delete"))) ask_to_delete_comment(view.overlays, comment.id);
  if (tool("edit", icons::kDraw, tr_in("button", "Edit"))) view.actions.answers.begin_edit(comment.id);
}

}  // namespace

MenuItem know_guest_item(const PersonView& guest) {
  const std::string name(name_of(guest));
  return {guest.known_by.empty() ? tr_format("This is really {}", name) : tr("I don't know who this is"),
          {},
          icons::kCheck};
}

void ask_to_delete_comment(Overlays& overlays, const std::string& comment) {
  overlays.ask({tr("Delete this comment?"), tr("It disappears for everyone. Replies to it stay."),
                tr("Delete"), [comment](Actions& actions) { actions.answers.delete_comment(comment); }});
}

float entry_height(const Pen& pen, float width, const CommentView& comment, const AnswerState& answers) {
  const float words = width - pen.px(kWordsLeft);
  return pen.px(kNameHeight + kEntryGap) + words_height(pen, words, comment, answers) +
         versions_height(pen, words, comment) + attached_height(pen, words, comment, answers);
}

void draw_entry(View& view, Box area, const CommentView& comment, EntryKind kind) {
  Pen& pen = view.pen;
  const AnswerState& answers = view.state.watch.answers;
  const float side = pen.px(kAvatar);
  draw_avatar(pen, box_at(area.left, area.top, side, side), comment.author);
  area.cut_left(pen.px(kWordsLeft));
  Box row = area.cut_top(pen.px(kNameHeight));
  if (kind == EntryKind::Reply && comment.is_mine) draw_reply_tools(view, row, comment);
  if (comment.is_new)
    pen.input.narration().add_words(row, tr_in("a comment", "New"), Narration::WordsKind::Plain);
  if (comment.is_new) pen.disc(row.cut_right(pen.px(10)).middle(), pen.px(4), pen.theme.accent);
  draw_name(view, row, comment);
  area.cut_top(pen.px(kEntryGap));
  const Box words = area.cut_top(words_height(pen, area.width(), comment, answers));
  if (is_edited_now(comment, answers)) {
    draw_edit(view, words, comment);
  } else if (!comment.text.empty()) {
    const bool is_faint = comment.is_resolved || comment.is_deleted;
    draw_linked_text(view, words, "comment/" + comment.id, is_faint ? pen.theme.faint_text : pen.theme.text,
                     linked_text(comment.text, Markup::None));
  }
  draw_versions(pen, area.cut_top(versions_height(pen, area.width(), comment)), comment);
  if (!comment.drawing.empty()) {
    area.cut_top(pen.px(4));
    draw_drawing_chip(view, area.cut_top(pen.px(kChip)), comment);
  }
  if (!comment.media) return;
  area.cut_top(pen.px(8));
  draw_recorded_answer(view, area, comment);
}

}  // namespace meanwhile
