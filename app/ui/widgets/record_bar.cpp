#include "app/ui/widgets/record_bar.h"

#include <fmt/format.h>

#include "app/ui/format.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/pieces.h"

namespace meanwhile {
namespace {

// The one round red button: a disc to start, a square to stop.
bool draw_round_button(Pen& pen, const Box& box, std::string_view name, bool is_stop, std::string_view tip,
                       std::string_view shortcut) {
  const Response response = pen.input.part(name, box);
  const ImVec2 c = box.middle();
  const float radius = box.width() / 2;
  pen.list().AddCircle(c, radius - pen.px(1), pen.theme.strong_border, 64, pen.px(3));
  if (response.is_focused) pen.list().AddCircle(c, radius + pen.px(3), pen.theme.accent, 64, pen.px(2));
  const ImU32 red = mixed(IM_COL32(0xE5, 0x48, 0x4D, 255), IM_COL32(0xF2, 0x5F, 0x63, 255), response.glow);
  const float press = response.is_held ? pen.px(2) : 0;
  if (is_stop)
    pen.fill(box.inset(radius * 0.62F + press), red, 5);
  else
    pen.disc(c, radius - pen.px(6) - press, red);
  pen.tooltip(name, box, tip, shortcut);
  return response.is_clicked;
}

std::string room_left(const RecordPageState& record) {
  if (!record.free_bytes) return {};
  const std::string time = format_time_left(*record.free_bytes, record.status.bytes, record.status.elapsed);
  return time.empty() ? fmt::format("{} free", format_size(*record.free_bytes)) : time;
}

void draw_clock(Pen& pen, Box area, const RecordPageState& record) {
  area = area.centered(area.width(), pen.px(52));
  Box top = area.cut_top(pen.px(30));
  const bool is_paused = record.phase == RecordPhase::Paused;
  const Box dot = top.cut_left(pen.px(12));
  const ImU32 red = IM_COL32(0xE5, 0x48, 0x4D, 255);
  pen.disc(dot.middle(), pen.px(6), is_paused ? pen.theme.faint_text : red);
  top.cut_left(pen.px(12));
  top.cut_left(pen.text(top, TextStyle::Title, pen.theme.text, format_moment(record.status.elapsed)) +
               pen.px(12));
  if (is_paused)
    draw_pill(pen, top.centered(top.width(), pen.px(22)), pen.theme.warning_tint, pen.theme.warning,
              "Paused");
  const std::string room = room_left(record);
  pen.text(
      area, TextStyle::Caption, pen.theme.soft_text,
      fmt::format("{} on your disk{}{}", format_size(record.status.bytes), room.empty() ? "" : " · ", room));
}

void ask_to_discard(View& view) {
  view.overlays.ask({"Discard this recording?",
                     "What you have recorded so far is thrown away. Nobody can bring it back.", "Discard",
                     [](Actions& actions) { actions.discard_recording(); }});
}

void draw_running(View& view, Box area) {
  Pen& pen = view.pen;
  const RecordPageState& record = view.state.record;
  const bool is_paused = record.phase == RecordPhase::Paused;
  const Box middle = area.centered(pen.px(64), pen.px(64));
  if (draw_round_button(pen, middle, "stop", true, "Stop and review", "S")) view.actions.stop_recording();
  const Button pause{.name = "pause",
                     .label = is_paused ? "Resume" : "Pause",
                     .icon = is_paused ? icons::kPlay : icons::kPause,
                     .tip = is_paused ? "Go on" : "Take a breath",
                     .shortcut = "Space"};
  const float width = button_width(pen, pause);
  const Box beside =
      box_at(middle.right + pen.px(20), area.middle().y - pen.px(18), width, pen.px(kControlHeight));
  if (draw_button(pen, beside, pause))
    is_paused ? view.actions.resume_recording() : view.actions.pause_recording();
  const Button discard{
      .name = "discard", .label = "Discard", .icon = icons::kDelete, .kind = ButtonKind::Ghost};
  const Box last = area.cut_right(button_width(pen, discard));
  if (draw_button(pen, last.centered(last.width(), pen.px(kControlHeight)), discard)) ask_to_discard(view);
  area.right = middle.left - pen.px(16);
  if (area.width() > pen.px(360)) {
    const Box meter = area.cut_right(pen.px(108));
    draw_level_meter(pen, meter.centered(pen.px(108), pen.px(14)), record.status.voice_peak);
    area.cut_right(pen.px(12));
  }
  draw_clock(pen, area, record);
}

void draw_armed(View& view, const Box& area) {
  Pen& pen = view.pen;
  const RecordPageState& record = view.state.record;
  Box row = area;
  const Box middle = area.centered(pen.px(64), pen.px(64));
  if (draw_round_button(pen, middle, "start", false, "Start recording", "Space"))
    view.actions.begin_recording();
  row.right = middle.left - pen.px(16);
  const Box note = row.centered(row.width(), pen.px(20));
  if (record.free_bytes)
    pen.text(note, TextStyle::Caption, pen.theme.faint_text,
             fmt::format("{} free on this disk", format_size(*record.free_bytes)));
  const Box hint{middle.right + pen.px(16), note.top, area.right, note.bottom};
  pen.text(hint, TextStyle::Caption, pen.theme.faint_text, "Space starts and pauses, S stops", Align::Right);
}

}  // namespace

void draw_record_bar(View& view, const Box& area) {
  Pen& pen = view.pen;
  switch (view.state.record.phase) {
    case RecordPhase::Armed:
      return draw_armed(view, area);
    case RecordPhase::Recording:
    case RecordPhase::Paused:
      return draw_running(view, area);
    case RecordPhase::Countdown: {
      const Button cancel{.name = "cancel-countdown", .label = "Cancel", .shortcut = "Esc"};
      const Box place = area.centered(button_width(pen, cancel), pen.px(kControlHeight));
      if (draw_button(pen, place, cancel)) view.actions.cancel_countdown();
      return;
    }
    case RecordPhase::Finishing:
      pen.text(area, TextStyle::Body, pen.theme.soft_text, "Saving what was recorded…", Align::Center);
      return;
    case RecordPhase::Opening:
    case RecordPhase::Failed:
      return;
  }
}

}  // namespace meanwhile
