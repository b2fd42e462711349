#include "app/ui/widgets/comment_field.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/library/mentions.h"
#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/keys.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/actions/answer_actions.h"
#include "app/ui/box.h"
#include "app/ui/draft.h"
#include "app/ui/edited_time.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/ask_options.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/layer.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/reply_recorder.h"
#include "app/ui/widgets/text_field.h"
#include "media/base/media_time.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kRestingHeight = 104;
constexpr float kWritingHeight = 178;
constexpr std::size_t kMostCompletions = 5;
constexpr float kCompletionRow = 34;

const CommentView* find_comment(const std::vector<CommentView>& comments, const std::string& id) {
  for (const CommentView& comment : comments) {
    if (comment.id == id) return &comment;
    const auto reply = std::ranges::find(comment.replies, id, &CommentView::id);
    if (reply != comment.replies.end()) return &*reply;
  }
  return nullptr;
}

// What the field says it is going to do.
std::string field_title(const WatchState& state) {
  const Draft& draft = state.draft;
  if (draft.reply_to) {
    const CommentView* parent = find_comment(state.comments, *draft.reply_to);
    return parent != nullptr ? tr_format("Reply to {}", parent->author.name) : tr_in("heading", "Reply");
  }
  const std::string moment = shown_moment(state, draft.at.value_or(state.player.position));
  // TRANSLATORS: {} is a moment such as 1:23, here and below.
  if (draft.ask) return tr_format("Ask at {}", moment);
  return draft.to ? fmt::format("{} – {}", moment, shown_moment(state, *draft.to))
                  : tr_format("At {}", moment);
}

std::string_view hint_of(const Draft& draft) {
  if (draft.reply_to) return tr("Write a reply");
  if (draft.ask) return tr("What do you ask?");
  return draft.drawing.empty() ? tr("Comment on this moment") : tr("Say something about it");
}

void open_record_menu(View& view, const Box& anchor) {
  Menu menu{.name = "record-reply/menu", .anchor = anchor, .width_points = 200};
  menu.items = {{tr("Camera"), {}, icons::kCamera},
                {tr("Voice"), {}, icons::kMicrophone},
                {tr("Screen"), {}, icons::kScreen}};
  menu.choose = [](Actions& actions, std::size_t item) {
    actions.answers.begin_recorded_reply(ReplyKind(item));
  };
  view.overlays.open(std::move(menu));
}

bool is_choosing(const Pen& pen) {
  return std::ranges::any_of(pen.painter.keys(), [](const KeyPress& press) {
    return press.key == Key::Up || press.key == Key::Down;
  });
}

}  // namespace

float CommentField::height(const Pen& pen, const UiState& state) const {
  if (state.watch.answers.recording) return reply_recorder_height(pen, state);
  const Draft& draft = state.watch.draft;
  const float ask = draft.ask ? ask_options_height(pen, state.watch) : 0;
  return pen.px(is_begun(draft) ? kWritingHeight : kRestingHeight) + ask;
}

void CommentField::draw(View& view, Box area) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  pen.line(area.cut_top(1), pen.theme.border);
  if (state.answers.recording) return draw_reply_recorder(view, area);
  Box inside = area.inset(pen.px(16), pen.px(10));
  draw_head(view, inside.cut_top(pen.px(26)));
  inside.cut_top(pen.px(4));
  if (is_begun(state.draft)) {
    draw_bottom(view, inside.cut_bottom(pen.px(32)));
    inside.cut_bottom(pen.px(8));
  }
  if (state.draft.ask) {
    const bool types_time = state.draft.ask->by_typed.has_value();
    const bool begins = !std::exchange(types_time_, types_time) && types_time;
    draw_ask_options(view, inside.cut_bottom(ask_options_height(pen, state)), begins);
  }
  draw_field(view, inside);
}

void CommentField::draw_head(View& view, Box row) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  AnswerActions& answers = view.actions.answers;
  const auto tool = [&](std::string_view name, Icon icon, std::string_view tip, std::string_view key,
                        std::optional<bool> is_on) {
    const Box box = row.cut_right(pen.px(28)).centered(pen.px(26), pen.px(26));
    return draw_icon_button(
        pen, box,
        {.name = name, .icon = icon, .tip = tip, .shortcut = key, .is_on = is_on, .size = IconSize::Small});
  };
  if (is_begun(state.draft) && tool("draft/cancel", icons::kClose, tr("Drop this"), "", std::nullopt))
    answers.cancel_draft();
  const Box record = Box{row.right - pen.px(28), row.top, row.right, row.bottom};
  if (!state.draft.ask && tool("draft/record", icons::kVideoReply, tr("Record an answer"), "", std::nullopt))
    open_record_menu(view, record);
  if (state.has_screen && !state.draft.ask &&
      tool("draft/draw", icons::kBrush, tr("Draw on the picture"), "D", state.answers.is_drawing))
    answers.set_drawing(!state.answers.is_drawing);
  const bool can_ask = state.clip.is_mine && !state.draft.reply_to && state.draft.drawing.empty();
  if (can_ask &&
      tool("draft/ask", icons::kAsk, tr("Ask for a decision or an answer"), "", state.draft.ask.has_value()))
    answers.set_asking(!state.draft.ask);
  const MediaTime now = state.player.position;
  const bool can_end_here =
      !state.draft.reply_to && !state.draft.ask && state.draft.at && now > *state.draft.at;
  if (can_end_here &&
      tool("draft/until-now", icons::kUntilNow, tr_format("Until now: {}", shown_moment(state, now)), "O",
           state.draft.to.has_value()))
    answers.mark_range(*state.draft.at, now);
  pen.icon(row.cut_left(pen.px(16)), state.draft.reply_to ? icons::kReply : icons::kComment, IconSize::Small,
           pen.theme.accent);
  row.cut_left(pen.px(8));
  pen.text(row, TextStyle::CaptionStrong, pen.theme.accent, field_title(state));
}

void CommentField::draw_bottom(View& view, Box row) {
  Pen& pen = view.pen;
  const Draft& draft = view.state.watch.draft;
  const Button send{.name = "draft/send",
                    .label = draft.ask ? tr_in("button", "Ask") : tr("Send"),
                    .icon = icons::kSend,
                    .kind = ButtonKind::Primary,
                    .is_enabled = can_send(draft),
                    .tip = tr("Send"),
                    .shortcut = tr("Ctrl+Enter")};
  if (draw_button(pen, row.cut_right(button_width(pen, send)), send)) view.actions.answers.send_draft();
  row.cut_right(pen.px(8));
  const std::string drawn = draft.drawing.empty() ? tr("Ctrl+Enter sends")
                                                  : tr_count(draft.drawing.size(), "{} shape drawn",
                                                             "{} shapes drawn", draft.drawing.size());
  pen.text(row, TextStyle::Caption, pen.theme.faint_text, drawn);
}

std::vector<const PersonView*> CommentField::completions(const View& view) const {
  std::vector<const PersonView*> found;
  const std::string& text = view.state.watch.draft.text;
  if (!is_active_ || cursor_ > text.size() || text == dismissed_) return found;
  const auto typed = name_being_typed(std::string_view(text).substr(0, cursor_));
  if (!typed) return found;
  for (const PersonView& person : view.state.watch.answers.people) {
    const bool is_whole = person.name.size() == typed->size();
    if (found.size() < kMostCompletions && !is_whole && has_word_beginning(person.name, *typed))
      found.push_back(&person);
  }
  return found;
}

// From behind the "@" to the cursor.
void CommentField::complete(const View& view, const std::string& name) {
  const std::string& text = view.state.watch.draft.text;
  const auto at = text.rfind('@', cursor_ == 0 ? 0 : cursor_ - 1);
  if (at != std::string::npos)
    completed_ = TextField::Completion{.from = at + 1, .to = cursor_, .text = name + " "};
}

void CommentField::read_completion_keys(View& view, const std::vector<const PersonView*>& people) {
  if (people.empty()) {
    chosen_ = 0;
    return;
  }
  const int count = int(people.size());
  for (const KeyPress& press : view.pen.painter.keys()) {
    if (press.control) continue;
    if (press.key == Key::Down) chosen_ = (chosen_ + 1) % count;
    if (press.key == Key::Up) chosen_ = (chosen_ + count - 1) % count;
    if (press.key == Key::Enter) complete(view, people[std::size_t(std::min(chosen_, count - 1))]->name);
    if (press.key == Key::Escape) dismissed_ = view.state.watch.draft.text;
  }
  chosen_ = std::min(chosen_, count - 1);
}

void CommentField::draw_field(View& view, const Box& box) {
  const WatchState& state = view.state.watch;
  const std::vector<const PersonView*> people = completions(view);
  read_completion_keys(view, people);
  // A new reply is begun by a press: the field is where the hands go next.
  const bool is_new = std::exchange(generation_, state.draft.generation) != state.draft.generation;
  const bool is_new_reply = is_new && state.draft.reply_to.has_value();
  TextField field{
      .name = "draft",
      .text = state.draft.text,
      .hint = hint_of(state.draft),
      .is_multiline = true,
      .generation = state.draft.generation,
      .takes_focus = std::exchange(takes_focus_, false) || is_new_reply || has_let_go_of_range(state.draft)};
  if (completed_) {
    field.completion = completed_;
    field.takes_focus = true;
  } else if (!people.empty() && is_choosing(view.pen)) {
    field.hold_cursor = cursor_;
  }
  const TextFieldResponse response = draw_text_field(view.pen, box, field);
  if (response.is_completed) completed_.reset();
  is_active_ = response.is_active;
  cursor_ = response.cursor;
  if (response.edited) view.actions.answers.edit_draft(*response.edited);
  if (!is_begun(state.draft)) view.pen.tooltip("draft", box, tr("Write a comment; playing pauses"), "C");
  // Also in the frame whose press takes the keyboard away: it may be a press on a name.
  if (!people.empty()) draw_completions(view, box, people);
}

// A range that was dragged over the bar: what is typed next belongs to it.
bool CommentField::has_let_go_of_range(const Draft& draft) {
  const bool is_held = ImGui::IsMouseDown(ImGuiMouseButton_Left);
  if (is_held && draft.to && draft.to != range_end_) is_range_in_hand_ = true;
  range_end_ = draft.to;
  return !is_held && std::exchange(is_range_in_hand_, false);
}

void CommentField::draw_completions(View& view, const Box& field,
                                    const std::vector<const PersonView*>& people) {
  Pen& pen = view.pen;
  const float height = pen.px(kCompletionRow) * float(people.size()) + pen.px(8);
  const Box list = box_at(field.left, field.top - height - pen.px(4), field.width(), height);
  const Layer layer(pen, "mentions", list, LayerKind::Passive);
  const SpokenGroup group(pen.input.narration(), "mentions", list,
                          {.role = AccessibleRole::List, .name = tr("People to mention")});
  pen.shadow(list, 8);
  pen.fill(list, pen.theme.surface, 8);
  pen.outline(list, pen.theme.border, 8);
  Box rest = list.inset(pen.px(4));
  for (std::size_t i = 0; i < people.size(); ++i) {
    Box row = rest.cut_top(pen.px(kCompletionRow));
    const Response response = pen.input.part(
        fmt::format("mention/{}", people[i]->id), row,
        {.role = AccessibleRole::ListItem, .name = people[i]->name, .is_on = int(i) == chosen_},
        Focus::Skips);
    const float glow = int(i) == chosen_ ? 1 : response.glow;
    pen.fill(row, faded(pen.theme.hover, glow), 6);
    row = row.inset(pen.px(8), 0);
    draw_avatar(pen, row.cut_left(pen.px(24)).centered(pen.px(24), pen.px(24)), *people[i]);
    row.cut_left(pen.px(8));
    pen.text(row, TextStyle::Body, pen.theme.text, people[i]->name);
    // At once: the field lets go of the keyboard with the press, and the list goes with it.
    if ((response.is_held || response.is_clicked) && !completed_) complete(view, people[i]->name);
  }
}

}  // namespace meanwhile
