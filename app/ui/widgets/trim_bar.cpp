#include "app/ui/widgets/trim_bar.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/ui/box.h"
#include "app/ui/interaction.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/trim_points.h"
#include "app/ui/widgets/button.h"
#include "app/ui/widgets/chapters.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/timeline.h"
#include "media/base/chapters.h"
#include "media/base/media_time.h"
#include "media/base/translation.h"
#include "media/base/trim.h"
#include "media/play/player.h"

namespace meanwhile {
namespace {

constexpr float kHandleWidth = 12;
constexpr float kGrip = 2;

struct TrimPlaces {
  Box wave;
  float from = 0;  // x of the points
  float to = 0;
};

TrimPlaces places_of(Pen& pen, const Box& row, const PublishState& state) {
  const KeptRange range = range_of(state.review.trim, state.duration);
  TrimPlaces places{.wave = row.inset(pen.px(kHandleWidth), pen.px(4))};
  const auto x_of = [&](MediaTime at) {
    return std::round(places.wave.left + places.wave.width() * float(share_of(at, state.duration)));
  };
  places.from = x_of(range.from);
  places.to = x_of(range.to);
  return places;
}

void draw_kept(Pen& pen, const TrimPlaces& places, const PublishState& state) {
  const KeptRange range = range_of(state.review.trim, state.duration);
  const double from = share_of(range.from, state.duration);
  const double to = share_of(range.to, state.duration);
  const double played = share_of(state.review.player.position, state.duration);
  pen.fill(Box{places.from, places.wave.top, places.to, places.wave.bottom}, pen.theme.accent_tint);
  draw_wave(pen, places.wave, state.review.waveform.get(), [&](double share) {
    if (share < from || share >= to) return faded(pen.theme.strong_border, 0.5F);
    return share < played ? pen.theme.accent : pen.theme.soft_text;
  });
  for (const float y : {places.wave.top, places.wave.bottom - pen.px(kGrip)})
    pen.fill(Box{places.from, y, places.to, y + pen.px(kGrip)}, pen.theme.accent);
}

void draw_head(Pen& pen, const TrimPlaces& places, const PublishState& state) {
  const float x = std::round(
      places.wave.left + places.wave.width() * float(share_of(state.review.player.position, state.duration)));
  pen.fill(Box{x - pen.px(1), places.wave.top - pen.px(4), x + pen.px(1), places.wave.bottom + pen.px(4)},
           pen.theme.text);
}

struct Handle {
  std::string_view name;
  std::string_view spoken;  // what a press does
  std::string where;        // it stands now
  std::string_view tip;
  std::string_view key;
  Box box;
  Trim (*dragged)(Trim, MediaTime, MediaTime);
  Trim (*at_head)(Trim, MediaTime, MediaTime);
};

// Where the hand is, or where the player is when it is pressed by the keyboard.
void draw_handle(View& view, const TrimPlaces& places, const Handle& handle) {
  Pen& pen = view.pen;
  const PublishState& state = view.state.publish;
  const Response response = pen.input.part(handle.name, handle.box,
                                           {.role = AccessibleRole::Button,
                                            .name = handle.spoken,
                                            .value = handle.where,
                                            .description = handle.tip,
                                            .shortcut = handle.key});
  pen.fill(handle.box, mixed(pen.theme.accent, pen.theme.text, response.glow * 0.4F), 4);
  const Box grip = handle.box.centered(pen.px(kGrip), pen.px(14));
  pen.fill(grip, pen.theme.window, 1);
  if (response.is_focused) pen.ring(handle.box, 4);
  pen.tooltip(handle.name, handle.box, handle.tip, handle.key);
  const MediaTime at = state.review.player.position;
  if (response.is_focused && response.is_clicked)
    return view.actions.publish.trim(handle.at_head(state.review.trim, at, state.duration));
  if (!response.is_held || ImGui::GetIO().MouseDelta.x == 0) return;
  const MediaTime hand = time_at(ImGui::GetIO().MousePos.x, places.wave, state.duration);
  const Trim trim = handle.dragged(state.review.trim, hand, state.duration);
  view.actions.publish.trim(trim);
  const KeptRange range = range_of(trim, state.duration);
  view.actions.publish.seek(handle.dragged == dragged_begin ? range.from : range.to);
}

void draw_bar(View& view, const Box& row) {
  Pen& pen = view.pen;
  const PublishState& state = view.state.publish;
  const KeptDirection kept = pen.keep_direction(row);
  const TrimPlaces places = places_of(pen, row, state);
  const Response response = pen.input.part("trim", places.wave, Focus::Skips);
  draw_kept(pen, places, state);
  Box upper = places.wave;
  upper.bottom = upper.middle().y;
  Chapters offered;
  for (const MediaTime at : free_slides(state.review.slides, state.review.chapters)) offered.push_back({at});
  draw_chapter_ticks(pen, upper, offered, state.duration, faded(pen.theme.soft_text, 0.5F));
  draw_chapter_ticks(pen, places.wave, state.review.chapters, state.duration, pen.theme.soft_text);
  draw_head(pen, places, state);
  const float wide = pen.px(kHandleWidth);
  const KeptRange range = range_of(state.review.trim, state.duration);
  const Box& wave = places.wave;
  draw_handle(view, places,
              {.name = "trim/in",
               .spoken = tr("Begin at the player"),
               // TRANSLATORS: of a clip; {} is a moment such as 1:23.
               .where = tr_format("begins at {}", format_moment(range.from)),
               .tip = tr("The clip begins here: drag it, or begin at the player"),
               .key = "I",
               .box = {places.from - wide, wave.top, places.from, wave.bottom},
               .dragged = dragged_begin,
               .at_head = begun_at});
  draw_handle(view, places,
              {.name = "trim/out",
               .spoken = tr("End at the player"),
               // TRANSLATORS: of a clip; {} is a moment such as 1:23.
               .where = tr_format("ends at {}", format_moment(range.to)),
               .tip = tr("The clip ends here: drag it, or end at the player"),
               .key = "O",
               .box = {places.to, wave.top, places.to + wide, wave.bottom},
               .dragged = dragged_end,
               .at_head = ended_at});
  // A hand that rests asks for nothing new.
  const bool is_new = ImGui::IsMouseClicked(0) || ImGui::GetIO().MouseDelta.x != 0;
  if (response.is_held && is_new)
    view.actions.publish.seek(time_at(ImGui::GetIO().MousePos.x, wave, state.duration));
}

}  // namespace

void draw_trim_bar(View& view, Box row) {
  Pen& pen = view.pen;
  const PublishState& state = view.state.publish;
  const KeptRange range = range_of(state.review.trim, state.duration);
  const auto in_row = [&](const Box& strip) { return strip.centered(strip.width(), pen.px(kControlHeight)); };
  const PlayerStatus& player = state.review.player;
  if (draw_icon_button(pen, in_row(row.cut_left(pen.px(kControlHeight))),
                       {.name = "play",
                        .icon = player.is_playing ? icons::kPause : icons::kPlay,
                        .tip = player.is_playing ? tr_in("button", "Pause") : tr("Play what is kept"),
                        .shortcut = tr("Space")}))
    view.actions.publish.play_pause();
  row.cut_left(pen.px(8));
  const MediaTime at = std::clamp(player.position - range.from, MediaTime{}, range.duration());
  const Box time = row.cut_left(pen.px(88));
  draw_time_of(pen, time, format_moment(at), format_moment(range.duration()));
  if (state.review.trim.is_set()) {
    const Button undo{.name = "trim/none",
                      .label = tr("Keep all"),
                      .kind = ButtonKind::Ghost,
                      .tip = tr("Keep all of it: clear start and end")};
    if (draw_button(pen, in_row(row.cut_right(button_width(pen, undo))), undo)) view.actions.publish.trim({});
    row.cut_right(pen.px(8));
  }
  draw_bar(view, row);
}

}  // namespace meanwhile
