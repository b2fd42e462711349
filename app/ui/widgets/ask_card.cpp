#include "app/ui/widgets/ask_card.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "app/library/events.h"
#include "app/library/format.h"
#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions/answer_actions.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/pieces.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kCardWidth = 440;

void draw_buttons(View& view, Box row, const CommentView& ask) {
  Pen& pen = view.pen;
  AnswerActions& answers = view.actions.answers;
  const Button answer{.name = "ask/answer",
                      .label = tr_in("button", "Answer"),
                      .icon = icons::kReply,
                      .kind = ButtonKind::Primary};
  const Button got_it{
      .name = "ask/got-it", .label = tr("Got it"), .icon = icons::kCheck, .kind = ButtonKind::Primary};
  const Button later{.name = "ask/later",
                     .label = tr_in("button", "Later"),
                     .tip = tr("It stays open; playing goes on"),
                     .shortcut = tr("Space")};
  const bool is_know = ask.ask->kind == AskKind::Know;
  const Button& main = is_know ? got_it : answer;
  if (draw_button(pen, row.cut_right(button_width(pen, main)), main))
    is_know ? answers.acknowledge(ask.id) : answers.answer_ask(ask.id);
  row.cut_right(pen.px(8));
  if (draw_button(pen, row.cut_right(button_width(pen, later)), later)) answers.pass_ask();
}

}  // namespace

AskColors ask_colors(const Theme& theme, AskKind kind) {
  switch (kind) {
    case AskKind::Decision:
      return {theme.warning, theme.warning_tint};
    case AskKind::Answer:
      return {theme.accent, theme.accent_tint};
    case AskKind::Know:
      return {theme.success, theme.success_tint};
  }
  return {};
}

void draw_ask_card(View& view, const Box& picture) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  const auto ask = std::ranges::find(state.comments, state.answers.asking, &CommentView::id);
  if (state.answers.asking.empty() || ask == state.comments.end() || !ask->ask) return;
  const float width = std::min(pen.px(kCardWidth), picture.width() - pen.px(32));
  const float inner = width - pen.px(40);
  const float words =
      std::min(pen.paragraph_height(inner, TextStyle::Heading, ask->text), picture.height() / 3);
  const float height = words + pen.px(26 + 16 + 36 + 40);
  const Box card =
      box_at(picture.middle().x - width / 2, picture.bottom - height - pen.px(24), width, height);
  pen.shadow(card, 12);
  pen.fill(card, pen.theme.surface, 12);
  pen.outline(card, pen.theme.border, 12);
  pen.input.part("ask/ground", card, Focus::Skips);
  const std::string spoken = tr_format("{} asks: {}", ask->author.name, ask->text);
  const SpokenGroup group(pen.input.narration(), "ask", card,
                          {.role = AccessibleRole::Alert, .name = spoken});
  Box inside = card.inset(pen.px(20), pen.px(20));
  Box head = inside.cut_top(pen.px(22));
  const AskColors colors = ask_colors(pen.theme, ask->ask->kind);
  head.cut_left(draw_pill(pen, head, colors.tint, colors.words, ask_kind_words(ask->ask->kind)) + pen.px(10));
  const std::string who = ask->author.name + (ask->ask->by.empty() ? "" : " · " + ask->ask->by);
  pen.text(head, TextStyle::Caption, pen.theme.soft_text, who);
  if (!ask->ask->by_elsewhere.empty()) {
    pen.input.part("ask/by", head, Focus::Skips);
    pen.tooltip("ask/by", head, ask->ask->by_elsewhere);
  }
  inside.cut_top(pen.px(4));
  Box text = inside.cut_top(words);
  pen.list().PushClipRect(text.min(), text.max(), true);
  pen.paragraph(text, TextStyle::Heading, pen.theme.text, ask->text);
  pen.list().PopClipRect();
  draw_buttons(view, inside.cut_bottom(pen.px(36)), *ask);
}

}  // namespace meanwhile
