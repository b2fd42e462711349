#include "app/ui/widgets/transcript_panel.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/platform/accessible.h"
#include "app/platform/fonts.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/captions.h"
#include "app/ui/edited_time.h"
#include "app/ui/interaction.h"
#include "app/ui/narration.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/play_tools.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/transcript.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/caption_correction.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/scroll_area.h"
#include "app/ui/widgets/side_tabs.h"
#include "app/ui/widgets/text_field.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"
#include "media/base/web_vtt.h"

namespace meanwhile {
namespace {

constexpr TextStyle kTranscriptStyle = TextStyle::Body;
constexpr float kTimeWidth = 52;
constexpr float kCueGap = 10;

const std::vector<VttCue>& captions_in(const View& view) {
  return *view.state.watch.tools.captions;
}

Box text_box(const Pen& pen, Box row) {
  row = row.inset(pen.px(16), pen.px(kCueGap / 2));
  row.cut_left(pen.px(kTimeWidth));
  return row;
}

float line_step(const Pen& pen) {
  return pen.paragraph_form(pen.px(100), kTranscriptStyle).line_step;
}

std::vector<WordPlace> places_of(const Pen& pen, const std::vector<TranscriptWord>& words, float width) {
  return place_words(words, width, pen.text_width(kTranscriptStyle, " "),
                     [&](std::string_view word) { return pen.text_width(kTranscriptStyle, word); });
}

Box box_of(const Pen& pen, const Box& text, const WordPlace& place) {
  const float step = line_step(pen);
  return {text.left + place.left, text.top + step * float(place.line), text.left + place.right,
          text.top + step * float(place.line + 1)};
}

}  // namespace

void TranscriptPanel::forget_if_other(const View& view) {
  if (std::exchange(clip_, view.state.watch.clip.id) == view.state.watch.clip.id) return;
  words_.clear();
  chosen_.reset();
  pressed_.reset();
  followed_.reset();
  correction_.end();
}

void TranscriptPanel::draw(View& view, Box area) {
  Pen& pen = view.pen;
  forget_if_other(view);
  pen.fill(area, pen.theme.sidebar);
  pen.line({area.left, area.top, area.left + 1, area.bottom}, pen.theme.border);
  area.cut_left(1);
  Box head = area.cut_top(pen.px(52)).inset(pen.px(20), 0);
  draw_side_tabs(view, head, 0);
  const Box row = area.cut_top(pen.px(44)).inset(pen.px(14), pen.px(4));
  const auto field = draw_text_field(pen, row,
                                     {.name = "transcript/search",
                                      .text = words_,
                                      .hint = tr("Search what is said"),
                                      .icon = icons::kSearch,
                                      .takes_focus = std::exchange(takes_focus_, false)});
  if (field.edited) words_ = *field.edited;
  draw_next_suggestion(view, area);
  if (chosen_ && !pressed_) draw_chosen(view, area.cut_bottom(pen.px(56)));
  draw_list(view, area);
}

void TranscriptPanel::lay_out(const View& view, float width) {
  const Pen& pen = view.pen;
  const PlayTools& tools = view.state.watch.tools;
  const float wide = text_box(pen, box_at(0, 0, width, pen.px(100))).width();
  Made made{tools.captions, tools.suggestions, edits_on_screen(view.state.watch), width,
            words_,         correction_.cue()};
  if (made.corrected) made.correction_height = correction_.height(pen, wide);
  if (made == made_) return;
  made_ = std::move(made);
  rows_.clear();
  height_ = 0;
  const auto& cues = *made_.captions;
  std::vector<std::size_t> shown(cues.size());
  std::iota(shown.begin(), shown.end(), std::size_t{0});
  if (!made_.sought.empty()) shown = find_captions(cues, made_.sought, cues.size());
  for (const std::size_t cue : captions_on_screen(view.state.watch, cues, std::move(shown))) {
    float height = words_height(pen, cue, wide) + pen.px(kCueGap);
    for (const auto* each : suggestions_of(tools, cue)) height += suggestion_height(pen, wide, *each);
    rows_.push_back({cue, height_, height});
    height_ += height;
  }
}

float TranscriptPanel::words_height(const Pen& pen, std::size_t cue, float width) const {
  if (made_.corrected == cue) return made_.correction_height;
  const VttCue& caption = (*made_.captions)[cue];
  if (needs_shaping(caption.text)) return pen.paragraph_height(width, kTranscriptStyle, caption.text);
  const auto places = places_of(pen, transcript_words(caption), width);
  return line_step(pen) * float(places.empty() ? 1 : places.back().line + 1);
}

// There are some, perhaps out of sight.
void TranscriptPanel::draw_next_suggestion(View& view, Box& area) {
  const PlayTools& tools = view.state.watch.tools;
  if (!tools.suggestions || tools.suggestions->empty() || tools.suggestions->front().is_mine) return;
  Pen& pen = view.pen;
  Box row = area.cut_top(pen.px(40)).inset(pen.px(14), pen.px(4));
  const std::string label = tr_count(tools.suggestions->size(), "{} suggested correction · Next",
                                     "{} suggested corrections · Next", tools.suggestions->size());
  const Button next{.name = "transcript/next-suggestion", .label = label, .kind = ButtonKind::Ghost};
  if (!draw_button(pen, row.cut_left(std::min(row.width(), button_width(pen, next))), next)) return;
  const auto behind = std::ranges::find_if(*tools.suggestions, [&](const CaptionSuggestion& each) {
    return !last_suggestion_ || each.cue > *last_suggestion_;
  });
  const auto& found = behind == tools.suggestions->end() ? tools.suggestions->front() : *behind;
  wanted_ = found.cue;
  last_suggestion_ = found.cue;
  words_.clear();
  view.actions.watch.seek((*tools.captions)[found.cue].from);
}

void TranscriptPanel::draw_list(View& view, const Box& area) {
  Pen& pen = view.pen;
  const auto& cues = captions_in(view);
  const SpokenGroup group(pen.input.narration(), "transcript", area,
                          {.role = AccessibleRole::List, .name = tr("Transcript")});
  ScrollArea scroll(pen, "transcript/scroll", area);
  const float width = scroll.content().width();
  correction_.end_if_other(view);
  lay_out(view, width);
  scroll.set_height(height_ + pen.px(8));
  if (rows_.empty()) {
    draw_empty(pen, area, icons::kSearch, tr("Nobody says that here"), tr("Try fewer words, or other ones."));
    return;
  }
  pointed_.reset();
  const auto to_correct = std::exchange(to_correct_, std::nullopt);
  if (to_correct && *to_correct < cues.size()) correction_.begin(view, *to_correct);
  const auto said = cue_said_at(cues, view.state.watch.player.position);
  const bool is_pointed_at = area.contains(ImGui::GetIO().MousePos);
  const bool moves = view.state.settings.chosen.follow_comments && !is_pointed_at && said != followed_;
  for (const Row& row : rows_) {
    const Box box = box_at(scroll.content().left, scroll.content().top + row.top, width, row.height);
    if ((moves && said == row.cue) || wanted_ == row.cue) scroll.reveal(box);
    if (scroll.shows(box)) draw_row(view, box, row.cue);
  }
  wanted_.reset();
  if (!is_pointed_at) followed_ = said;
  if (pressed_ && pointed_ && *pointed_ != *pressed_) chosen_ = chosen_between(*pressed_, *pointed_);
  if (!ImGui::IsMouseDown(0)) pressed_.reset();
}

void TranscriptPanel::draw_row(View& view, const Box& box, std::size_t cue) {
  Pen& pen = view.pen;
  const VttCue& caption = captions_in(view)[cue];
  const std::string moment = shown_moment(view.state.watch, caption.from);
  const Response response = pen.input.part(
      "transcript/row/" + std::to_string(cue), box,
      {.role = AccessibleRole::ListItem, .name = moment, .value = caption.text, .has_menu = true});
  const bool is_said = cue_said_at(captions_in(view), view.state.watch.player.position) == cue;
  pen.fill(box.inset(pen.px(6), 0), faded(pen.theme.hover, response.glow), 6);
  if (is_said)
    pen.fill({box.left, box.top + pen.px(4), box.left + pen.px(3), box.bottom - pen.px(4)}, pen.theme.accent,
             1.5F);
  if (response.is_focused) pen.ring(box.inset(pen.px(6), 0), 6);
  Box time = box.inset(pen.px(16), pen.px(kCueGap / 2));
  time = box_at(time.left, time.top, pen.px(kTimeWidth), line_step(pen));
  pen.text(time, TextStyle::CaptionStrong, pen.theme.accent, moment);
  Box text = text_box(pen, box);
  Box words = text.cut_top(words_height(pen, cue, text.width()));
  if (correction_.is_at(cue))
    correction_.draw(view, words);
  else
    draw_caption_words(view, words, cue, is_said, response);
  for (const auto* each : suggestions_of(view.state.watch.tools, cue))
    draw_suggestion(view, text.cut_top(suggestion_height(pen, text.width(), *each)), *each);
}

void TranscriptPanel::draw_caption_words(View& view, const Box& text, std::size_t cue, bool is_said,
                                         const Response& response) {
  Pen& pen = view.pen;
  const KeptDirection kept = pen.keep_direction(text);
  const VttCue& caption = captions_in(view)[cue];
  if (needs_shaping(caption.text))
    pen.paragraph(text, kTranscriptStyle, pen.theme.text, caption.text);
  else
    draw_words(view, text, cue, is_said);
  choose(view, cue, text, response.is_held);
  if (response.wants_menu) open_row_menu(view, cue);
  if (response.is_hovered && ImGui::IsMouseDoubleClicked(0)) return correction_.begin(view, cue);
  // What was dragged over several words chose them, and goes nowhere.
  const bool was_dragged = pressed_ && pointed_ && *pressed_ != *pointed_;
  if (!response.is_clicked || was_dragged) return;
  const auto words = transcript_words(caption);
  const bool is_at_word = pointed_ && pointed_->cue == cue && pointed_->word < words.size();
  chosen_.reset();
  view.actions.watch.seek(is_at_word ? words[pointed_->word].from : caption.from);
}

void TranscriptPanel::draw_words(View& view, const Box& box, std::size_t cue, bool is_said) {
  Pen& pen = view.pen;
  const VttCue& caption = captions_in(view)[cue];
  const auto words = transcript_words(caption);
  const auto places = places_of(pen, words, box.width());
  const auto now = is_said ? word_said_at(caption, view.state.watch.player.position) : std::nullopt;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Box place = box_of(pen, box, places[i]);
    if (chosen_ && chosen_->contains({cue, i}))
      pen.fill(place.inset(-pen.px(2), 0), pen.theme.accent_tint, 3);
    if (now == i) pen.fill(place.inset(-pen.px(2), 0), pen.theme.accent_tint, 3);
    pen.text({place.left, place.top, place.right + 1, place.bottom}, kTranscriptStyle,
             now == i ? pen.theme.accent : pen.theme.text, words[i].text);
  }
}

// The word below the pointer; the one where the button went down begins what is chosen.
void TranscriptPanel::choose(View& view, std::size_t cue, const Box& box, bool is_pressed) {
  Pen& pen = view.pen;
  const ImVec2 at = ImGui::GetIO().MousePos;
  if (!box.inset(-pen.px(kTimeWidth + 16), -pen.px(kCueGap / 2)).contains(at)) return;
  const VttCue& caption = captions_in(view)[cue];
  if (needs_shaping(caption.text)) return;
  const auto places = places_of(pen, transcript_words(caption), box.width());
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Box word = box_of(pen, box, places[i]);
    if (at.y < word.top || at.y >= word.bottom || at.x < word.left - pen.px(3)) continue;
    pointed_ = WordSpot{cue, i};
  }
  if (is_pressed && !pressed_) pressed_ = pointed_;
}

void TranscriptPanel::open_row_menu(View& view, std::size_t cue) {
  Menu menu{.name = "transcript/menu", .anchor = pointer_anchor(), .width_points = 220};
  menu.items.push_back({tr("Play from here"), tr("Enter"), icons::kPlay});
  menu.items.push_back({tr("Comment on it"), {}, icons::kComment});
  menu.items.push_back({tr("Copy with its time"), {}, icons::kText});
  menu.items.push_back(
      {view.state.watch.clip.is_mine ? tr("Correct it") : tr("Suggest other words"), {}, icons::kDraw});
  const VttCue& caption = captions_in(view)[cue];
  const auto words = transcript_words(caption);
  const ChosenWords all{{cue, 0}, {cue, words.empty() ? 0 : words.size() - 1}};
  menu.choose = [this, cue, from = caption.from, to = caption.to,
                 copied = copied_words(captions_in(view), all)](Actions& actions, std::size_t item) {
    if (item == 0) actions.watch.seek(from);
    if (item == 1) actions.answers.mark_range(from, to);
    if (item == 1) takes_comment_ = true;
    if (item == 2) actions.clips.copy_words(copied);
    if (item == 3) to_correct_ = cue;
  };
  view.overlays.open(std::move(menu));
}

void TranscriptPanel::comment_on(View& view, const ChosenWords& chosen) {
  view.actions.answers.mark_range(begin_of(captions_in(view), chosen), end_of(captions_in(view), chosen));
  takes_comment_ = true;
}

// Marked, so that it is seen and heard before it is done.
void TranscriptPanel::cut_out(View& view, const ChosenWords& chosen) {
  view.actions.arrange.begin_arranging();
  view.actions.arrange.choose_part(
      TimeRange{begin_of(captions_in(view), chosen), end_of(captions_in(view), chosen)});
}

void TranscriptPanel::draw_chosen(View& view, Box bar) {
  Pen& pen = view.pen;
  const auto& cues = captions_in(view);
  if (chosen_->last.cue >= cues.size()) return chosen_.reset();
  pen.line(bar.cut_top(1), pen.theme.border);
  bar = bar.inset(pen.px(14), 0);
  const auto button = [&](const Button& look) {
    const float width = button_width(pen, look);
    const bool is_pressed =
        draw_button(pen, bar.cut_left(width).centered(width, pen.px(kControlHeight)), look);
    bar.cut_left(pen.px(8));
    return is_pressed;
  };
  const ChosenWords chosen = *chosen_;
  const Box close = bar.cut_right(pen.px(32)).centered(pen.px(30), pen.px(30));
  const bool is_over = draw_icon_button(
      pen, close, {.name = "transcript/clear", .icon = icons::kClose, .tip = tr("Choose nothing")});
  const bool comments = button({.name = "transcript/comment",
                                .label = tr_in("button", "Comment"),
                                .icon = icons::kComment,
                                .kind = ButtonKind::Primary,
                                .tip = tr("A comment on these words")});
  if (button({.name = "transcript/copy",
              .label = tr_in("button", "Copy"),
              .tip = tr("Copy these words with their time")}))
    view.actions.clips.copy_words(copied_words(cues, chosen));
  const bool cuts = view.state.watch.clip.is_mine && !view.state.watch.clip.is_live &&
                    button({.name = "transcript/cut",
                            .label = tr_in("button", "Cut"),
                            .icon = icons::kCut,
                            .tip = tr("Cut these words out")});
  if (cuts) cut_out(view, chosen);
  if (comments) comment_on(view, chosen);
  if (comments || cuts || is_over) chosen_.reset();
}

}  // namespace meanwhile
