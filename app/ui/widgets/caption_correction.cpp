#include "app/ui/widgets/caption_correction.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/platform/keys.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/play_tools.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/text_field.h"
#include "media/base/cue_correction.h"
#include "media/base/text.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kFieldInset = 10;
constexpr float kFieldSide = 12;
constexpr float kButtonsHeight = 44;
constexpr float kSmallButton = 30;
constexpr float kSuggestionInset = 10;

float field_height(const Pen& pen, float width, const std::string& text) {
  const float inner = width - pen.px(2 * kFieldSide);
  return std::max(pen.paragraph_height(inner, TextStyle::Body, text), pen.text_height(TextStyle::Body)) +
         pen.px(2 * kFieldInset);
}

bool was_pressed(const Pen& pen, Key key) {
  return std::ranges::any_of(pen.painter.keys(), [key](const KeyPress& press) { return press.key == key; });
}

std::string suggestion_head(const CaptionSuggestion& suggestion) {
  return suggestion.is_mine ? tr("You suggested:") : tr_format("Suggested by {}:", isolated(suggestion.name));
}

float suggestion_inner(const Pen& pen, float width) {
  return width - pen.px(2 * kSuggestionInset);
}

}  // namespace

void CaptionCorrection::begin(const View& view, std::size_t cue) {
  cue_ = cue;
  text_ = before_ = line_of((*view.state.watch.tools.captions)[cue]);
  ++generation_;
  takes_focus_ = is_new_ = true;
}

bool CaptionCorrection::end() {
  return std::exchange(cue_, std::nullopt).has_value();
}

void CaptionCorrection::end_if_other(const View& view) {
  const auto& cues = *view.state.watch.tools.captions;
  if (cue_ && (*cue_ >= cues.size() || line_of(cues[*cue_]) != before_)) end();
}

float CaptionCorrection::height(const Pen& pen, float width) const {
  return field_height(pen, width, text_) + pen.px(kButtonsHeight);
}

void CaptionCorrection::keep(View& view) {
  const std::size_t cue = *cue_;
  end();
  if (text_ != before_) view.actions.watch.correct_caption(cue, text_);
}

void CaptionCorrection::draw(View& view, Box area) {
  Pen& pen = view.pen;
  const bool is_mine = view.state.watch.clip.is_mine;
  const auto field = draw_text_field(pen, area.cut_top(field_height(pen, area.width(), text_)),
                                     {.name = "transcript/correction",
                                      .text = text_,
                                      .hint = is_mine ? tr("Nothing is said here") : tr("What is said"),
                                      .spoken = tr("What is said, corrected"),
                                      .is_multiline = true,
                                      .generation = generation_,
                                      .takes_focus = std::exchange(takes_focus_, false),
                                      .hold_cursor = is_new_ ? std::optional(text_.size()) : std::nullopt});
  if (field.is_active) is_new_ = false;
  if (field.edited) text_ = *field.edited;
  std::erase(text_, '\n');  // Enter's
  Box row = area.cut_top(pen.px(kButtonsHeight)).inset(0, pen.px((kButtonsHeight - kSmallButton) / 2));
  const Button save{.name = "transcript/keep",
                    .label = is_mine ? tr("Save") : tr("Suggest"),
                    .kind = ButtonKind::Primary,
                    .is_enabled = is_mine || !is_blank(text_),
                    .tip = is_mine ? tr("Everybody reads it so") : tr("The author may take it over"),
                    .shortcut = tr("Enter")};
  const bool is_pressed = draw_button(pen, row.cut_left(button_width(pen, save)), save);
  row.cut_left(pen.px(8));
  const Button leave{
      .name = "transcript/leave", .label = tr("Cancel"), .kind = ButtonKind::Ghost, .shortcut = tr("Esc")};
  const bool is_left = draw_button(pen, row.cut_left(button_width(pen, leave)), leave);
  if (is_left || (field.is_active && was_pressed(pen, Key::Escape))) {
    end();
  } else if ((is_pressed || (field.is_active && was_pressed(pen, Key::Enter))) && save.is_enabled) {
    keep(view);
  }
}

std::vector<const CaptionSuggestion*> suggestions_of(const PlayTools& tools, std::size_t cue) {
  std::vector<const CaptionSuggestion*> some;
  if (!tools.suggestions) return some;
  for (const CaptionSuggestion& each :
       std::ranges::equal_range(*tools.suggestions, cue, {}, &CaptionSuggestion::cue))
    some.push_back(&each);
  return some;
}

float suggestion_height(const Pen& pen, float width, const CaptionSuggestion& suggestion) {
  return pen.text_height(TextStyle::Caption) +
         pen.paragraph_height(suggestion_inner(pen, width), TextStyle::Body, suggestion.text) +
         pen.px(kButtonsHeight + kSuggestionInset + 8);
}

void draw_suggestion(View& view, Box area, const CaptionSuggestion& suggestion) {
  Pen& pen = view.pen;
  area.cut_top(pen.px(6));
  pen.fill(area, pen.theme.field, 8);
  Box inside = area.inset(pen.px(kSuggestionInset), 0);
  inside.cut_top(pen.px(kSuggestionInset - 2));
  pen.text(inside.cut_top(pen.text_height(TextStyle::Caption)), TextStyle::Caption, pen.theme.soft_text,
           suggestion_head(suggestion));
  inside.cut_top(pen.paragraph(inside, TextStyle::Body, pen.theme.text, suggestion.text));
  Box row = inside.cut_top(pen.px(kButtonsHeight)).inset(0, pen.px((kButtonsHeight - kSmallButton) / 2));
  WatchActions& watch = view.actions.watch;
  const auto button = [&](const char* what, const Button& looks) {
    const std::string name = fmt::format("suggestion/{}/{}", suggestion.key, what);
    Button look = looks;
    look.name = name;
    const bool is_pressed = draw_button(pen, row.cut_left(button_width(pen, look)), look);
    row.cut_left(pen.px(8));
    return is_pressed;
  };
  if (suggestion.is_mine) {
    if (button("take-back", {.label = tr("Take back"), .kind = ButtonKind::Ghost}))
      watch.take_back_suggestion(suggestion.key);
    return;
  }
  if (button("use", {.label = tr_in("button", "Use"),
                     .kind = ButtonKind::Primary,
                     .tip = tr("The caption says this from now on")}))
    watch.use_suggestion(suggestion.key);
  if (button("dismiss",
             {.label = tr("Dismiss"), .kind = ButtonKind::Ghost, .tip = tr("Don't show it again")}))
    watch.dismiss_suggestion(suggestion.key);
}

}  // namespace meanwhile
