#include "app/ui/widgets/record_bar.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/library/format.h"
#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/chapters.h"
#include "app/ui/widgets/pieces.h"
#include "media/base/media_time.h"
#include "media/base/translation.h"
#include "media/record/recorder.h"
#include "media/record/size_estimate.h"

namespace meanwhile {
namespace {

// The one round red button: a disc to start, a square to stop.
bool draw_round_button(Pen& pen, const Box& box, std::string_view name, bool is_stop, std::string_view tip,
                       std::string_view shortcut) {
  const Response response =
      pen.input.part(name, box, {.role = AccessibleRole::Button, .name = tip, .shortcut = shortcut});
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

// Points of the bar's width: for all in a row, and for words on the buttons where there are two rows.
constexpr float kOneRow = 900;
constexpr float kWordsOnButtons = 620;
constexpr float kBarRow = 88;
constexpr float kSecondRow = 44;

bool has_two_rows(const Pen& pen, float width, RecordPhase phase) {
  return width < pen.px(kOneRow) && (phase == RecordPhase::Recording || phase == RecordPhase::Paused);
}

// A button, or its icon alone.
bool draw_shorter(Pen& pen, Box& row, const Button& button, bool has_words) {
  const float width = has_words ? button_width(pen, button) : pen.px(kControlHeight);
  const Box place = row.cut_left(width).centered(width, pen.px(kControlHeight));
  row.cut_left(pen.px(8));
  if (has_words) return draw_button(pen, place, button);
  return draw_icon_button(
      pen, place,
      {.name = button.name, .icon = *button.icon, .tip = button.label, .shortcut = button.shortcut});
}

std::string room_left(const RecordPageState& record) {
  if (!record.free_bytes) return {};
  const std::string time = format_time_left(*record.free_bytes, record.status.bytes, record.status.elapsed);
  return time.empty() ? tr_format("{} free", format_size(*record.free_bytes)) : time;
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
  if (is_paused || record.phase == RecordPhase::Replaying)
    draw_pill(pen, top.centered(top.width(), pen.px(22)), pen.theme.warning_tint, pen.theme.warning,
              tr_in("a recording", "Paused"));
  if (const std::string marked = chapter_mark_words(record.status); !marked.empty()) {
    pen.text(area, TextStyle::CaptionStrong, pen.theme.accent, marked);
    return;
  }
  const std::string room = room_left(record);
  const std::string size = tr_format("{} on your disk", format_size(record.status.bytes));
  pen.text(area, TextStyle::Caption, pen.theme.soft_text, size + (room.empty() ? "" : " · ") + room);
}

void ask_to_discard(View& view) {
  view.overlays.ask({tr("Discard this recording?"),
                     tr("What you have recorded so far is thrown away. Nobody can bring it back."),
                     tr("Discard"), [](Actions& actions) { actions.record.discard(); }});
}

void ask_to_restart(View& view) {
  view.overlays.ask(
      {tr("Start over?"),
       tr("What you have recorded so far is thrown away, and the recording begins again at once."),
       tr("Start over"), [](Actions& actions) { actions.record.restart(); }});
}

// Beside the stop button: what goes on with the take.
void draw_going_on(View& view, Box row, bool has_words) {
  Pen& pen = view.pen;
  const bool is_paused = view.state.record.phase == RecordPhase::Paused;
  if (draw_shorter(pen, row,
                   {.name = "pause",
                    .label = is_paused ? tr_in("button", "Resume") : tr_in("button", "Pause"),
                    .icon = is_paused ? icons::kPlay : icons::kPause,
                    .tip = is_paused ? tr("Go on") : tr("Take a breath"),
                    .shortcut = tr("Space")},
                   true))
    is_paused ? view.actions.record.resume() : view.actions.record.pause();
  if (draw_shorter(pen, row,
                   {.name = "say-again",
                    .label = tr("Redo last sentence"),
                    .icon = icons::kReplay,
                    .tip = tr("Back to the last pause in speech: you hear two seconds, and go on from there"),
                    .shortcut = "B"},
                   has_words))
    view.actions.record.say_again();
  if (row.width() < pen.px(48)) return;
  const Box chapter = row.cut_left(pen.px(40));
  if (draw_icon_button(
          pen, chapter.centered(pen.px(40), pen.px(40)),
          {.name = "chapter", .icon = icons::kChapters, .tip = tr("A chapter begins here"), .shortcut = "C"}))
    view.actions.record.mark_chapter();
  const RecordPageState& record = view.state.record;
  if (!record.can_draw || row.width() < pen.px(48)) return;
  const Box place = row.cut_left(pen.px(40));
  if (draw_icon_button(
          pen, place.centered(pen.px(40), pen.px(40)),
          {.name = "draw",
           .icon = icons::kDraw,
           .tip = record.is_drawing ? tr("Wipe the drawing off")
                                    : tr("Draw on the screen; the right button takes a stroke back"),
           .shortcut = "D",
           .is_on = record.is_drawing,
           .spoken = tr("Draw on the screen")}))
    view.actions.record.draw_on_screen(!record.is_drawing);
}

// At the right: what gives it up.
void draw_giving_up(View& view, Box& row, bool has_words) {
  Pen& pen = view.pen;
  const Button discard{
      .name = "discard", .label = tr("Discard"), .icon = icons::kDelete, .kind = ButtonKind::Ghost};
  const Button restart{
      .name = "restart", .label = tr("Start over"), .icon = icons::kSync, .kind = ButtonKind::Ghost};
  const auto place = [&](const Button& button) {
    return row.cut_right((has_words ? button_width(pen, button) : pen.px(kControlHeight)) + pen.px(8));
  };
  Box last = place(discard);
  if (draw_shorter(pen, last, discard, has_words)) ask_to_discard(view);
  Box before = place(restart);
  if (draw_shorter(pen, before, restart, has_words)) ask_to_restart(view);
}

// At the left: the time, how loud it is, and the switch for the microphone.
void draw_sound_and_time(View& view, Box area) {
  Pen& pen = view.pen;
  const RecordStatus& status = view.state.record.status;
  const Box switch_place = area.cut_right(pen.px(40));
  if (draw_icon_button(pen, switch_place.centered(pen.px(40), pen.px(40)),
                       {.name = "mute",
                        .icon = status.is_muted ? icons::kNoMicrophone : icons::kMicrophone,
                        .tip = status.is_muted ? tr_in("button", "Microphone on")
                                               : tr("Microphone off: the recording goes on in silence"),
                        .shortcut = "M",
                        .is_on = status.is_muted,
                        .spoken = tr("Mute the microphone")}))
    view.actions.record.mute(!status.is_muted);
  area.cut_right(pen.px(8));
  if (area.width() > pen.px(300)) {
    const Box meter = area.cut_right(pen.px(96));
    draw_level_meter(pen, meter.centered(pen.px(96), pen.px(14)), status.is_muted ? 0 : status.voice_peak);
    area.cut_right(pen.px(12));
  }
  draw_clock(pen, area, view.state.record);
}

void draw_running(View& view, Box area) {
  Pen& pen = view.pen;
  const float bar_width = area.width();
  const bool is_two_rows = has_two_rows(pen, bar_width, view.state.record.phase);
  Box second = is_two_rows ? area.cut_bottom(pen.px(kSecondRow)) : area;
  const Box middle = area.centered(pen.px(64), pen.px(64));
  if (draw_round_button(pen, middle, "stop", true, tr("Stop and review"), "S")) view.actions.record.stop();
  if (!is_two_rows) {
    second = area;
    second.left = middle.right + pen.px(20);
  }
  const bool has_words = bar_width > pen.px(kWordsOnButtons);
  draw_giving_up(view, second, has_words);
  draw_going_on(view, second, has_words);
  area.right = middle.left - pen.px(16);
  draw_sound_and_time(view, area);
}

// "54 GB free on this disk"; how long that will do at the worst, where it isn't long.
std::string room_for(const RecordPageState& record) {
  if (!record.free_bytes) return {};
  constexpr MediaTime kMinute = std::chrono::minutes(1);
  const std::uint64_t most = record.expected_size.value_or(SizeRange{}).most;
  const std::string time = format_time_left(*record.free_bytes, most, kMinute);
  return time.empty() ? tr_format("{} free on this disk", format_size(*record.free_bytes)) : time;
}

// What a minute will come to, and how much room there is.
void draw_size_and_room(Pen& pen, const Box& row, const RecordPageState& record) {
  const SizeRange size = record.expected_size.value_or(SizeRange{});
  const std::string rate = format_rate(size.least, size.most);
  Box lines = row.centered(row.width(), pen.px(rate.empty() ? 20 : 40));
  if (!rate.empty()) pen.text(lines.cut_top(pen.px(20)), TextStyle::Caption, pen.theme.soft_text, rate);
  pen.text(lines, TextStyle::Caption, pen.theme.faint_text, room_for(record));
}

void draw_armed(View& view, const Box& area) {
  Pen& pen = view.pen;
  const RecordPageState& record = view.state.record;
  Box row = area;
  const Box middle = area.centered(pen.px(64), pen.px(64));
  if (draw_round_button(pen, middle, "start", false, tr("Start recording"), tr("Ctrl+R")))
    view.actions.record.begin();
  row.right = middle.left - pen.px(16);
  draw_size_and_room(pen, row, record);
  Box right{middle.right + pen.px(16), area.top, area.right, area.bottom};
  const Button rehearse{
      .name = "rehearse",
      .label = tr("Rehearse 3 s"),
      .icon = icons::kPlay,
      .tip = tr("Records three seconds and plays them as they would be recorded; nothing is kept")};
  if (draw_shorter(pen, right, rehearse, button_width(pen, rehearse) <= right.width()))
    view.actions.record.rehearse();
  right.cut_left(pen.px(8));
  constexpr float kRoomForHint = 190;
  if (right.width() < pen.px(kRoomForHint)) return;
  pen.text(right.centered(right.width(), pen.px(20)), TextStyle::Caption, pen.theme.faint_text,
           tr("Ctrl+R starts, Space pauses, S stops"), Align::Right);
}

void draw_rehearsing(Pen& pen, const Box& area, int left) {
  pen.text(area, TextStyle::Body, pen.theme.soft_text,
           // TRANSLATORS: {} counts the seconds down.
           left > 0 ? tr_format("Rehearsing: {}", left) : tr("Saving what was rehearsed…"), Align::Center);
}

// What is played is looked at; one click ends it.
void draw_rehearsed(View& view, const Box& area) {
  Pen& pen = view.pen;
  const Button done{.name = "end-rehearsal",
                    .label = tr_in("button", "Done"),
                    .kind = ButtonKind::Primary,
                    .shortcut = tr("Esc")};
  Box row = area;
  const Box place =
      row.cut_right(button_width(pen, done)).centered(button_width(pen, done), pen.px(kControlHeight));
  if (draw_button(pen, place, done)) view.actions.record.end_rehearsal();
  row.cut_right(pen.px(16));
  pen.text(row, TextStyle::Body, pen.theme.soft_text,
           tr("This is how it will look and sound. Nothing of it is kept."));
}

}  // namespace

float record_bar_height(const Pen& pen, float width, RecordPhase phase) {
  return pen.px(kBarRow) + (has_two_rows(pen, width, phase) ? pen.px(kSecondRow) : 0);
}

void draw_record_bar(View& view, const Box& area) {
  Pen& pen = view.pen;
  switch (view.state.record.phase) {
    case RecordPhase::Armed:
      return draw_armed(view, area);
    case RecordPhase::Recording:
    case RecordPhase::Paused:
      return draw_running(view, area);
    case RecordPhase::Rehearsing:
      return draw_rehearsing(pen, area, view.state.record.rehearsal_left);
    case RecordPhase::Rehearsed:
      return draw_rehearsed(view, area);
    case RecordPhase::Countdown: {
      const Button cancel{.name = "cancel-countdown", .label = tr("Cancel"), .shortcut = tr("Esc")};
      const Box place = area.centered(button_width(pen, cancel), pen.px(kControlHeight));
      if (draw_button(pen, place, cancel)) view.actions.record.cancel_countdown();
      return;
    }
    case RecordPhase::Replaying:
      pen.text(area, TextStyle::Body, pen.theme.soft_text, tr("This part is kept. Continuing…"),
               Align::Center);
      return;
    case RecordPhase::Finishing:
      pen.text(area, TextStyle::Body, pen.theme.soft_text, tr("Saving what was recorded…"), Align::Center);
      return;
    case RecordPhase::Opening:
    case RecordPhase::Failed:
      return;
  }
}

}  // namespace meanwhile
