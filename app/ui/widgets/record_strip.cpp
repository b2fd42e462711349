#include "app/ui/widgets/record_strip.h"

#include <string>

#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/chapters.h"
#include "app/ui/widgets/pieces.h"
#include "media/base/media_time.h"
#include "media/base/translation.h"
#include "media/record/health_words.h"

namespace meanwhile {
namespace {

constexpr float kStripBarHeight = 72;
constexpr float kButton = 40;

void draw_time(Pen& pen, Box area, const RecordPageState& record) {
  const bool is_paused = record.phase != RecordPhase::Recording;
  const Box dot = area.cut_left(pen.px(12));
  pen.disc(dot.middle(), pen.px(6), is_paused ? pen.theme.faint_text : pen.theme.danger);
  area.cut_left(pen.px(12));
  const std::string trouble = short_trouble(record.status.tracks);
  const std::string marked = chapter_mark_words(record.status);
  const std::string below = !trouble.empty()         ? trouble
                            : !marked.empty()        ? marked
                            : record.status.is_muted ? tr_in("state", "Microphone off")
                                                     : "";
  const bool is_good_news = trouble.empty() && !marked.empty();
  Box lines = area.centered(area.width(), pen.px(below.empty() ? 28 : 44));
  const std::string elapsed = format_moment(record.status.elapsed);
  pen.text(lines.cut_top(pen.px(28)), TextStyle::Heading, pen.theme.text,
           is_paused ? tr_format("{}  paused", elapsed) : elapsed);
  if (!below.empty())
    pen.text(lines, TextStyle::Caption, is_good_news ? pen.theme.accent : pen.theme.warning, below);
}

bool draw_one(Pen& pen, Box& row, const IconButton& button) {
  const Box place = row.cut_right(pen.px(kButton));
  row.cut_right(pen.px(4));
  return draw_icon_button(pen, place.centered(pen.px(kButton), pen.px(kButton)), button);
}

void draw_buttons(View& view, Box& row) {
  Pen& pen = view.pen;
  const RecordPageState& record = view.state.record;
  const bool is_paused = record.phase == RecordPhase::Paused;
  if (draw_one(pen, row,
               {.name = "stop", .icon = icons::kStop, .tip = tr("Stop and review"), .shortcut = "S"}))
    view.actions.record.stop();
  if (draw_one(pen, row,
               {.name = "pause",
                .icon = is_paused ? icons::kPlay : icons::kPause,
                .tip = is_paused ? tr("Go on") : tr_in("button", "Pause"),
                .shortcut = tr("Space")}))
    is_paused ? view.actions.record.resume() : view.actions.record.pause();
  if (draw_one(
          pen, row,
          {.name = "say-again", .icon = icons::kReplay, .tip = tr("Redo last sentence"), .shortcut = "B"}))
    view.actions.record.say_again();
  if (draw_one(
          pen, row,
          {.name = "chapter", .icon = icons::kChapters, .tip = tr("A chapter begins here"), .shortcut = "C"}))
    view.actions.record.mark_chapter();
  const bool is_muted = record.status.is_muted;
  if (draw_one(pen, row,
               {.name = "mute",
                .icon = is_muted ? icons::kNoMicrophone : icons::kMicrophone,
                .tip = is_muted ? tr_in("button", "Microphone on") : tr_in("button", "Microphone off"),
                .shortcut = "M",
                .is_on = is_muted,
                .spoken = tr("Mute the microphone")}))
    view.actions.record.mute(!is_muted);
  if (record.can_draw &&
      draw_one(pen, row,
               {.name = "draw",
                .icon = icons::kDraw,
                .tip = record.is_drawing ? tr("Wipe the drawing off") : tr("Draw on the screen"),
                .shortcut = "D",
                .is_on = record.is_drawing,
                .spoken = tr("Draw on the screen")}))
    view.actions.record.draw_on_screen(!record.is_drawing);
}

}  // namespace

void draw_record_strip(View& view, Box area) {
  Pen& pen = view.pen;
  const RecordPageState& record = view.state.record;
  pen.fill(area, pen.theme.surface);
  pen.outline(area, pen.theme.border);
  Box row = area.cut_top(pen.px(kStripBarHeight)).inset(pen.px(16), 0);
  draw_buttons(view, row);
  const Box meter = row.cut_right(pen.px(96));
  draw_level_meter(pen, meter.centered(pen.px(88), pen.px(12)),
                   record.status.is_muted ? 0 : record.status.voice_peak);
  row.cut_right(pen.px(8));
  draw_time(pen, row, record);
  if (record.notes.empty()) return;
  pen.line(area.cut_top(1), pen.theme.border);
  pen.paragraph(area.inset(pen.px(16), pen.px(12)), TextStyle::Body, pen.theme.text, record.notes);
}

}  // namespace meanwhile
