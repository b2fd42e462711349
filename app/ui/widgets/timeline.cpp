#include "app/ui/widgets/timeline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "app/library/format.h"
#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/actions.h"
#include "app/ui/box.h"
#include "app/ui/edited_time.h"
#include "app/ui/interaction.h"
#include "app/ui/marker_clusters.h"
#include "app/ui/narration.h"
#include "app/ui/overlays.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/play_tools.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/thumbs.h"
#include "app/ui/widgets/arrange_marks.h"
#include "app/ui/widgets/chapters.h"
#include "app/ui/widgets/pieces.h"
#include "app/ui/widgets/range_marks.h"
#include "app/ui/widgets/reactions.h"
#include "media/base/arrangement.h"
#include "media/base/media_time.h"
#include "media/base/text.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

constexpr float kMarkerSize = 22;

struct Places {
  Box markers;
  Box wave;
  Box bar;  // the thin line of what was watched
};

Places places_of(Pen& pen, Box box) {
  Places places;
  places.markers = box.cut_top(pen.px(26));
  places.bar = box.cut_bottom(pen.px(3));
  box.cut_bottom(pen.px(3));
  places.wave = box;
  return places;
}

constexpr float kThumbWidth = 192;

Box part_for(const Box& box, const TimeRange& range, MediaTime duration) {
  Box part = box;
  part.left = box.left + box.width() * float(share_of(range.from, duration));
  part.right = box.left + box.width() * float(share_of(range.to, duration));
  return part;
}

void draw_watched(Pen& pen, const Box& box, const WatchState& state) {
  pen.fill(box, pen.theme.border, 1.5F);
  for (const TimeRange& range : shown_ranges(state, state.tools.buffered))
    pen.fill(part_for(box, range, shown_duration(state)), pen.theme.faint_text, 1.5F);
  for (const TimeRange& range : shown_ranges(state, state.watched))
    pen.fill(part_for(box, range, shown_duration(state)), faded(pen.theme.accent, 0.6F), 1.5F);
}

// A band from its beginning to its end, and an edge for each that is set.
void draw_loop(Pen& pen, const Box& box, const WatchState& state) {
  const Loop& loop = state.tools.loop;
  const MediaTime duration = shown_duration(state);
  if (loop.from && loop.to)
    pen.fill(part_for(box, {shown_time(state, *loop.from), shown_time(state, *loop.to)}, duration),
             faded(pen.theme.accent, 0.18F));
  for (const auto& edge : {loop.from, loop.to}) {
    if (!edge) continue;
    const float x = std::round(box.left + box.width() * float(share_of(shown_time(state, *edge), duration)));
    pen.fill(Box{x - pen.px(1), box.top, x + pen.px(1), box.bottom}, pen.theme.accent);
  }
}

bool is_covered_at(const WatchState& state, MediaTime moment) {
  return state.arrangement && std::ranges::any_of(state.arrangement->covered, [&](const CoveredArea& area) {
           return area.range.from <= moment && moment < area.range.to;
         });
}

// What is shown at the moment that the pointer is at.
void draw_thumb(Pen& pen, const Box& box, const WatchState& state, float x, MediaTime moment) {
  const auto& thumbs = state.tools.thumbs;
  const Thumbs::Tile* tile = thumbs ? tile_at(*thumbs, moment) : nullptr;
  // Small pictures are as they were recorded: they would show what is covered.
  if (!tile || is_covered_at(state, moment)) return;
  const float width = pen.px(kThumbWidth);
  const float height = std::round(width * float(tile->place.height) / float(tile->place.width));
  const float left = std::clamp(x - width / 2, box.left, std::max(box.left, box.right - width));
  const Box frame = box_at(std::round(left), box.top - pen.px(30) - height, width, height);
  pen.shadow(frame, 6);
  pen.fill(frame.inset(-pen.px(2)), IM_COL32(0x33, 0x36, 0x42, 255), 6);
  pen.picture(frame, "timeline/thumb", part_of(thumbs->sheet, tile->place), 0, 0);
}

void draw_marker(View& view, const Box& row, const MarkerCluster& cluster) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  const CommentView& first = state.comments[cluster.comments.front()];
  const float side = pen.px(kMarkerSize);
  const float x = std::clamp(row.left + cluster.x, row.left + side / 2, row.right - side / 2);
  const Box box = box_at(std::round(x - side / 2), row.top, side, side);
  const std::string name = "marker/" + first.id;
  const bool is_alone = cluster.comments.size() == 1;
  const std::string tip =
      is_alone ? fmt::format("{}  {}: {}", shown_moment(state, first.at), first.author.name,
                             utf8_prefix(first.text, 160))
               // TRANSLATORS: {1} is a moment such as 1:23.
               : tr_count(cluster.comments.size(), "{} comment around {}", "{} comments around {}",
                          cluster.comments.size(), shown_moment(state, first.at));
  const Response response =
      pen.input.part(name, box, {.role = AccessibleRole::Button, .name = tr("Go to"), .value = tip});
  if (response.glow > 0 || response.is_focused)
    pen.disc(box.middle(), side / 2 + pen.px(2),
             faded(pen.theme.accent, response.is_focused ? 1 : response.glow));
  draw_avatar(pen, box, first.author);
  if (!is_alone) {
    pen.disc(box.middle(), side / 2, pen.theme.accent_fill);
    pen.text(box, TextStyle::CaptionStrong, pen.theme.on_accent, format_badge(int(cluster.comments.size())),
             Align::Center);
  }
  pen.tooltip(name, box, tip);
  if (response.is_clicked) view.actions.watch.seek(first.at);
}

void draw_markers(View& view, const Box& row) {
  const WatchState& state = view.state.watch;
  // What was said about another version has its moment on another recording.
  std::vector<std::size_t> placed;
  std::vector<MediaTime> moments;
  for (std::size_t i = 0; i < state.comments.size(); ++i) {
    const CommentView& comment = state.comments[i];
    if (!is_about_shown(state, comment)) continue;
    placed.push_back(i);
    moments.push_back(shown_time(state, comment.at));
  }
  const float apart = view.pen.px(kMarkerSize - 4);
  for (MarkerCluster cluster : cluster_markers(moments, shown_duration(state), row.width(), apart)) {
    for (std::size_t& comment : cluster.comments) comment = placed[comment];
    draw_marker(view, row, cluster);
  }
}

// Of the recorded timeline.
MediaTime moment_at(const WatchState& state, float x, const Box& box) {
  return recorded_time(state, time_at(x, box, shown_duration(state)));
}

void draw_hovered_time(Pen& pen, const Box& box, const WatchState& state, float x) {
  pen.fill(Box{x, box.top, x + 1, box.bottom}, pen.theme.faint_text);
  const MediaTime moment = moment_at(state, x, box);
  draw_thumb(pen, box, state, x, moment);
  const std::string chapter = chapter_name_at(shown_chapters(state), moment);
  const std::string time = shown_moment(state, moment) + (chapter.empty() ? "" : "  " + shorten(chapter, 60));
  const float width = pill_width(pen, time);
  const float left = std::clamp(x - width / 2, box.left, box.right - width);
  draw_pill(pen, box_at(left, box.top - pen.px(24), width, pen.px(20)), IM_COL32(0x33, 0x36, 0x42, 255),
            IM_COL32_WHITE, time);
}

// Of the moment that is pointed at.
void open_timeline_menu(View& view, MediaTime at) {
  const WatchState& state = view.state.watch;
  const std::string moment = shown_moment(state, at);
  Menu menu{.name = "timeline/menu", .anchor = pointer_anchor(), .width_points = 200};
  // TRANSLATORS: {} is a moment such as 1:23; "comment" is a verb.
  menu.items = {{tr_format("Comment at {}", moment), {}, icons::kComment},
                // TRANSLATORS: {} is a moment such as 1:23.
                {tr_format("Play from {}", moment), {}, icons::kPlay},
                {tr_format("Copy link to {}", moment), {}, icons::kLink},
                {tr("Begin a loop here"), "[", icons::kReplay},
                {tr("End the loop here"), "]", icons::kReplay}};
  Loop begun = state.tools.loop;
  begun.from = at;
  if (begun.to && *begun.to <= at) begun.to.reset();
  Loop ended = state.tools.loop;
  ended.to = at;
  if (ended.from && *ended.from >= at) ended.from.reset();
  menu.choose = [clip = state.clip.id, at, begun, ended](Actions& actions, std::size_t item) {
    if (item == 0) actions.answers.mark_range(at, at);
    if (item <= 1) actions.watch.seek(at);
    if (item == 2) actions.clips.copy_link_at(clip, at);
    if (item >= 3) actions.watch.set_loop(item == 3 ? begun : ended);
  };
  view.overlays.open(std::move(menu));
}

std::string spoken_position(const WatchState& state) {
  // TRANSLATORS: {0} is how far it is played, {1} how long it is: 0:12 of 1:23.
  return tr_format("{} of {}", format_moment(shown_position(state)), format_moment(shown_duration(state)));
}

}  // namespace

float loudest(const std::vector<float>& peaks, double from, double to) {
  if (peaks.empty()) return 0;
  const auto count = double(peaks.size());
  const auto first = std::min(peaks.size() - 1, std::size_t(std::max(0.0, from) * count));
  const auto last = std::clamp(std::size_t(std::ceil(std::max(0.0, to) * count)), first + 1, peaks.size());
  return std::clamp(*std::max_element(peaks.begin() + long(first), peaks.begin() + long(last)), 0.0F, 1.0F);
}

double share_of(MediaTime time, MediaTime duration) {
  return duration > MediaTime{} ? std::clamp(to_seconds(time) / to_seconds(duration), 0.0, 1.0) : 0;
}

MediaTime time_at(float x, const Box& box, MediaTime duration) {
  const double share = std::clamp(double((x - box.left) / std::max(1.0F, box.width())), 0.0, 1.0);
  return from_seconds(share * to_seconds(duration));
}

void draw_wave(Pen& pen, const Box& box, const std::vector<float>* peaks,
               const std::function<ImU32(double share)>& color) {
  const float step = pen.px(4);
  const int bars = std::max(1, int(box.width() / step));
  for (int i = 0; i < bars; ++i) {
    const double from = double(i) / bars;
    const float peak = peaks ? loudest(*peaks, from, double(i + 1) / bars) : 0;
    // A square root, so that quiet speech is seen beside loud.
    const float height = std::max(pen.px(2), std::round(std::sqrt(peak) * box.height()));
    const float x = box.left + float(i) * step;
    pen.fill(Box{x, box.bottom - height, x + step - pen.px(1.5F), box.bottom}, color(from));
  }
}

void draw_timeline(View& view, const Box& box, ArrangeMarks& arranging) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  // Films run from left to right everywhere.
  const KeptDirection kept = pen.keep_direction(box);
  const Places places = places_of(pen, box);
  const Box grip{places.wave.left, places.wave.top - pen.px(2), places.bar.right,
                 places.bar.bottom + pen.px(4)};
  const std::string words = spoken_position(state);
  const Response response =
      pen.input.part("timeline", grip,
                     {.role = AccessibleRole::Slider,
                      .name = tr("Position"),
                      .has_menu = true,
                      .range = SpokenRange{.at = to_seconds(shown_position(state)),
                                           .most = std::max(to_seconds(shown_duration(state)), 0.001),
                                           .step = 5,
                                           .words = words}});
  const double played = share_of(shown_position(state), shown_duration(state));
  draw_wave(pen, places.wave, (is_edited_on_screen(state) ? state.edited_waveform : state.waveform).get(),
            [&](double share) { return share < played ? pen.theme.accent : pen.theme.strong_border; });
  draw_loop(pen, places.wave, state);
  draw_chapter_ticks(pen, {places.wave.left, places.wave.top, places.wave.right, places.bar.bottom},
                     chapters_on_screen(state, shown_chapters(state)), shown_duration(state),
                     pen.theme.soft_text);
  draw_watched(pen, places.bar, state);
  const float head = std::round(places.wave.left + places.wave.width() * float(played));
  pen.fill(Box{head - pen.px(1), places.wave.top - pen.px(2), head + pen.px(1), places.bar.bottom},
           pen.theme.text);
  pen.disc(ImVec2(head, places.bar.middle().y), pen.px(5 + 1.5F * response.glow), pen.theme.text);
  if (response.is_focused) pen.ring(grip, 4);
  draw_ranges(view, places.wave);
  draw_markers(view, places.markers);
  draw_reaction_marks(view, places.wave);
  if (state.arrange) arranging.draw(view, places.wave);
  const float mouse = ImGui::GetIO().MousePos.x;
  if (response.is_hovered || response.is_held)
    draw_hovered_time(pen, places.wave, state, std::clamp(mouse, box.left, box.right));
  if (response.wants_menu)
    open_timeline_menu(view,
                       response.is_focused ? state.player.position : moment_at(state, mouse, places.wave));
  if (const auto* wish = pen.input.wish_for("timeline", AccessibleWish::Kind::Value))
    return view.actions.watch.seek(recorded_time(state, from_seconds(wish->value)));
  if (!response.is_held || (state.arrange && arranging.is_dragging())) return;
  // A hand that rests asks for nothing new.
  const bool is_new = ImGui::IsMouseClicked(0) || ImGui::GetIO().MouseDelta.x != 0;
  if (is_new && ImGui::GetIO().KeyShift) {
    const MediaTime begun = moment_at(state, ImGui::GetIO().MouseClickedPos[0].x, places.wave);
    const MediaTime now = moment_at(state, mouse, places.wave);
    if (state.arrange && begun != now)
      return view.actions.arrange.choose_part(TimeRange{std::min(begun, now), std::max(begun, now)});
    view.actions.answers.mark_range(begun, now);
    return;
  }
  if (is_new) view.actions.watch.seek(moment_at(state, mouse, places.wave));
}

}  // namespace meanwhile
