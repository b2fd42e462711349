#include "app/ui/widgets/recorded_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/slider.h"
#include "app/ui/widgets/stage.h"
#include "media/base/layout.h"
#include "media/base/media_time.h"
#include "media/base/translation.h"
#include "media/play/player.h"

namespace meanwhile {
namespace {

constexpr float kCard = 52;
constexpr float kControls = 36;
constexpr float kTool = 28;

std::string part_of(const CommentView& comment, std::string_view part = "") {
  return fmt::format("comment/{}/media{}", comment.id, part);
}

bool is_played_now(const CommentView& comment, const AnswerState& answers) {
  return answers.played && answers.played->comment == comment.id;
}

float pictures_height(float width, const PlayedAnswer& played) {
  return played.has_pictures ? width * 9 / 16 : 0;
}

void draw_card(View& view, const Box& box, const CommentView& comment) {
  Pen& pen = view.pen;
  const MediaView& media = *comment.media;
  const std::string length = format_moment(media.duration);
  const Response response = pen.input.part(part_of(comment), box,
                                           {.role = AccessibleRole::Button,
                                            .name = tr("Play the recorded answer"),
                                            .value = media.state.empty() ? length : media.state});
  pen.fill(box, mixed(pen.theme.field, pen.theme.accent_tint, response.glow), 8);
  if (response.is_focused) pen.ring(box, 8);
  Box inside = box.inset(pen.px(8), pen.px(8));
  const Box poster = inside.cut_left(pen.px(64));
  pen.fill(poster, pen.theme.stage, 6);
  if (media.poster) pen.picture(poster, "media/" + media.clip, media.poster, 6, pen.theme.field);
  pen.disc(poster.middle(), pen.px(11), IM_COL32(10, 11, 16, 170));
  pen.icon(poster, media.state.empty() ? icons::kPlay : icons::kSync, IconSize::Small, IM_COL32_WHITE);
  inside.cut_left(pen.px(10));
  pen.text(inside.cut_top(inside.height() / 2), TextStyle::BodyStrong, pen.theme.text, tr("Recorded answer"));
  pen.text(inside, TextStyle::Caption, pen.theme.soft_text, media.state.empty() ? length : media.state);
  if (response.is_clicked) view.actions.answers.play_media(comment.id);
}

void draw_pictures(View& view, const Box& box, const CommentView& comment, const PlayedAnswer& played) {
  Pen& pen = view.pen;
  const Response response = pen.input.part(part_of(comment), box, Focus::Skips);
  pen.fill(box, pen.theme.stage, 8);
  draw_stage(pen, box,
             {.slot = "played",
              .screen = played.screen,
              .camera = played.camera,
              .layout = Layout::Bubble,
              .behind = pen.theme.stage});
  if (response.is_clicked) view.actions.answers.play_media(comment.id);
}

void draw_progress(View& view, const Box& box, const CommentView& comment, const PlayerStatus& player) {
  const double length = std::max(to_seconds(player.duration), 0.001);
  const std::string name = part_of(comment, "/bar");
  const std::string words =
      // TRANSLATORS: {0} is how far it is played, {1} how long it is: 0:12 of 1:23.
      tr_format("{} of {}", format_moment(player.position), format_moment(player.duration));
  const auto wanted = draw_slider(view.pen, box,
                                  {.name = name,
                                   .share = to_seconds(player.position) / length,
                                   .spoken = tr("Position in the recorded answer"),
                                   .words = words,
                                   .focus = Focus::Skips},
                                  view.pen.theme.accent);
  if (wanted) view.actions.answers.seek_media(from_seconds(*wanted * length));
}

bool draw_tool(Pen& pen, Box box, const std::string& name, Icon icon, std::string_view tip) {
  box = box.centered(pen.px(kTool), pen.px(kTool));
  return draw_icon_button(pen, box, {.name = name, .icon = icon, .tip = tip, .size = IconSize::Small});
}

void draw_controls(View& view, Box row, const CommentView& comment, const PlayedAnswer& played) {
  Pen& pen = view.pen;
  const PlayerStatus& player = played.player;
  const Icon icon = player.is_playing ? icons::kPause : player.is_ended ? icons::kReplay : icons::kPlay;
  if (draw_tool(pen, row.cut_left(pen.px(kTool)), part_of(comment, "/play"), icon,
                player.is_playing ? tr_in("button", "Pause") : tr_in("button", "Play")))
    view.actions.answers.play_media(comment.id);
  if (draw_tool(pen, row.cut_right(pen.px(kTool)), part_of(comment, "/close"), icons::kClose, tr("Close")))
    return view.actions.answers.close_media();
  if (draw_tool(pen, row.cut_right(pen.px(kTool)), part_of(comment, "/open"), icons::kFullScreen,
                tr("On a page of its own")))
    return view.actions.answers.open_media(comment.id);
  const std::string time =
      fmt::format("{} / {}", format_moment(player.position), format_moment(player.duration));
  const float width = pen.text_width(TextStyle::Caption, time);
  pen.text(row.cut_right(width + pen.px(4)), TextStyle::Caption, pen.theme.soft_text, time);
  row.cut_right(pen.px(6));
  draw_progress(view, row, comment, player);
}

}  // namespace

float recorded_answer_height(const Pen& pen, float width, const CommentView& comment,
                             const AnswerState& answers) {
  if (!is_played_now(comment, answers)) return pen.px(kCard);
  return pictures_height(width, *answers.played) + pen.px(kControls);
}

void draw_recorded_answer(View& view, Box area, const CommentView& comment) {
  Pen& pen = view.pen;
  const AnswerState& answers = view.state.watch.answers;
  if (!is_played_now(comment, answers)) return draw_card(view, area, comment);
  const PlayedAnswer& played = *answers.played;
  pen.fill(area, pen.theme.field, 8);
  if (played.has_pictures)
    draw_pictures(view, area.cut_top(pictures_height(area.width(), played)), comment, played);
  Box row = area.inset(pen.px(4), 0);
  if (played.load == LoadState::Ready) return draw_controls(view, row, comment, played);
  if (draw_tool(pen, row.cut_right(pen.px(kTool)), part_of(comment, "/close"), icons::kClose, tr("Close")))
    return view.actions.answers.close_media();
  const bool has_failed = played.load == LoadState::Failed;
  row.cut_left(pen.px(6));
  pen.text(row, TextStyle::Caption, has_failed ? pen.theme.danger : pen.theme.soft_text,
           has_failed ? played.failure : tr("Opening…"));
  if (has_failed) {
    pen.input.part(part_of(comment, "/failure"), row, Focus::Skips);
    pen.tooltip(part_of(comment, "/failure"), row, played.failure);
  }
}

}  // namespace meanwhile
