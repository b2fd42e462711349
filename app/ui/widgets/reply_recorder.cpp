#include "app/ui/widgets/reply_recorder.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "app/library/format.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/pieces.h"
#include "media/base/media_time.h"
#include "media/base/picture.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kPicture = 180;

bool has_picture(const UiState& state) {
  return state.watch.answers.recording != ReplyKind::Voice;
}

std::string_view title_of(ReplyKind kind) {
  switch (kind) {
    case ReplyKind::Camera:
      return tr("Answer with the camera");
    case ReplyKind::Voice:
      return tr("Answer by voice");
    case ReplyKind::Screen:
      return tr("Answer with the screen");
  }
  return {};
}

std::string state_words(const UiState& state) {
  if (state.watch.answers.is_sending_recording) return tr("Sending…");
  if (const auto& review = state.watch.answers.review)
    return format_moment(review->player.position) + " / " + format_moment(review->player.duration);
  switch (state.record.phase) {
    case RecordPhase::Opening:
      return tr("Opening the devices…");
    case RecordPhase::Armed:
    case RecordPhase::Countdown:
      return tr("Ready");
    case RecordPhase::Finishing:
      return tr("Saving…");
    case RecordPhase::Failed:
      return state.record.failure;
    default:
      return format_moment(state.record.status.elapsed);
  }
}

void draw_preview(View& view, const Box& box) {
  Pen& pen = view.pen;
  pen.fill(box, pen.theme.stage, 8);
  const RecordPageState& record = view.state.record;
  const AnswerState& answers = view.state.watch.answers;
  const bool is_camera = answers.recording == ReplyKind::Camera;
  const PicturePtr picture = answers.review ? (is_camera ? answers.review->camera : answers.review->screen)
                             : is_camera    ? record.camera_preview
                                            : record.screen_preview;
  if (!picture) return;
  const float scale = std::min(box.width() / float(picture->width), box.height() / float(picture->height));
  pen.picture(
      box.centered(std::floor(float(picture->width) * scale), std::floor(float(picture->height) * scale)),
      "reply/preview", picture, 6, pen.theme.stage);
}

// It was recorded, and can be heard before it goes.
void draw_review_buttons(View& view, Box row) {
  Pen& pen = view.pen;
  const Button send{.name = "reply/send",
                    .label = tr("Send"),
                    .icon = icons::kSend,
                    .kind = ButtonKind::Primary,
                    .tip = tr("Attached to this moment")};
  if (draw_button(pen, row.cut_right(button_width(pen, send)), send))
    view.actions.answers.send_recorded_reply();
  row.cut_right(pen.px(8));
  const auto square = [&](Box strip) { return strip.centered(pen.px(36), pen.px(36)); };
  const bool is_playing = view.state.watch.answers.review->player.is_playing;
  if (draw_icon_button(pen, square(row.cut_left(pen.px(36))),
                       {.name = "reply/play",
                        .icon = is_playing ? icons::kPause : icons::kPlay,
                        .tip = is_playing ? tr_in("button", "Pause") : tr("Play what was recorded")}))
    view.actions.answers.play_recorded_reply();
  if (draw_icon_button(pen, square(row.cut_left(pen.px(40))),
                       {.name = "reply/again", .icon = icons::kReplay, .tip = tr("Record it again")}))
    view.overlays.ask({tr("Record it again?"), tr("What you have just recorded is thrown away."),
                       tr("Record again"), [](Actions& actions) { actions.answers.redo_recorded_reply(); }});
  if (draw_icon_button(pen, square(row.cut_left(pen.px(40))),
                       {.name = "reply/discard", .icon = icons::kDelete, .tip = tr("Discard it")}))
    view.overlays.ask({tr("Discard this answer?"), tr("It wasn't sent and can't be restored."), tr("Discard"),
                       [](Actions& actions) { actions.answers.cancel_recorded_reply(); }});
}

void draw_buttons(View& view, Box row) {
  Pen& pen = view.pen;
  const RecordPageState& record = view.state.record;
  const bool is_on = is_running(record.phase);
  const Button start{.name = "reply/start",
                     .label = tr_in("button", "Record"),
                     .icon = icons::kRecord,
                     .kind = ButtonKind::Primary,
                     .is_enabled = record.phase == RecordPhase::Armed,
                     .tip = tr_in("button", "Begin")};
  const Button stop{
      .name = "reply/stop",
      .label = tr_in("button", "Stop"),
      .icon = icons::kStop,
      .kind = ButtonKind::Primary,
      .is_enabled = record.phase == RecordPhase::Recording || record.phase == RecordPhase::Paused,
      .tip = tr("Then you can hear it before it is sent")};
  const Button& main = is_on ? stop : start;
  if (draw_button(pen, row.cut_right(button_width(pen, main)), main))
    is_on ? view.actions.record.stop() : view.actions.record.begin();
  row.cut_right(pen.px(8));
  const Button cancel{.name = "reply/cancel", .label = tr("Cancel"), .kind = ButtonKind::Ghost};
  if (draw_button(pen, row.cut_left(button_width(pen, cancel)), cancel))
    view.actions.answers.cancel_recorded_reply();
}

}  // namespace

float reply_recorder_height(const Pen& pen, const UiState& state) {
  return pen.px(22 + 26 + 12 + 36 + 24) + (has_picture(state) ? pen.px(kPicture + 8) : 0);
}

void draw_reply_recorder(View& view, const Box& area) {
  Pen& pen = view.pen;
  const AnswerState& answers = view.state.watch.answers;
  Box inside = area.inset(pen.px(16), pen.px(10));
  Box head = inside.cut_top(pen.px(22));
  pen.icon(head.cut_left(pen.px(16)), icons::kVideoReply, IconSize::Small, pen.theme.accent);
  head.cut_left(pen.px(8));
  pen.text(head, TextStyle::CaptionStrong, pen.theme.accent, title_of(*answers.recording));
  if (answers.review)
    draw_review_buttons(view, inside.cut_bottom(pen.px(36)));
  else if (!answers.is_sending_recording)
    draw_buttons(view, inside.cut_bottom(pen.px(36)));
  inside.cut_bottom(pen.px(8));
  Box row = inside.cut_bottom(pen.px(22));
  const bool is_on = is_running(view.state.record.phase);
  if (is_on) {
    pen.disc(row.cut_left(pen.px(10)).middle(), pen.px(5), pen.theme.danger);
    row.cut_left(pen.px(8));
  }
  // Before it begins, too: whether anything is heard is what one wants to know then.
  if (is_on || view.state.record.phase == RecordPhase::Armed)
    draw_level_meter(pen, row.cut_right(pen.px(90)).centered(pen.px(90), pen.px(8)),
                     view.state.record.status.voice_peak);
  pen.text(row, TextStyle::Body, pen.theme.soft_text, state_words(view.state));
  inside.cut_bottom(pen.px(8));
  if (has_picture(view.state)) draw_preview(view, inside);
}

}  // namespace meanwhile
