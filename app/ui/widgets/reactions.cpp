#include "app/ui/widgets/reactions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/library/format.h"
#include "app/library/reactions.h"
#include "app/platform/accessible.h"
#include "app/platform/icons.h"
#include "app/platform/painter.h"
#include "app/ui/answers_shown.h"
#include "app/ui/box.h"
#include "app/ui/edited_time.h"
#include "app/ui/interaction.h"
#include "app/ui/marker_clusters.h"
#include "app/ui/narration.h"
#include "app/ui/page.h"
#include "app/ui/pen.h"
#include "app/ui/state.h"
#include "app/ui/theme.h"
#include "app/ui/widgets/button.h"
#include "media/base/media_time.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

struct Looks {
  std::string_view name;
  Icon icon;
  const char* tip;
  ImU32 color;
};
constexpr std::array<Looks, kReactions.size()> kLooks{
    {{"thumbs-up", icons::kThumbUp, tr_later("Agreed"), IM_COL32(0x4C, 0x8D, 0xFF, 255)},
     {"heart", icons::kHeart, tr_later("Love it"), IM_COL32(0xF0, 0x4F, 0x6C, 255)},
     {"laugh", icons::kLaugh, tr_later("Funny"), IM_COL32(0xF5, 0xB3, 0x2E, 255)},
     {"rocket", icons::kRocket, tr_later("Go for it"), IM_COL32(0x9B, 0x6B, 0xF2, 255)},
     {"idea", icons::kIdea, tr_later("Good idea"), IM_COL32(0xE3, 0xC2, 0x2B, 255)},
     {"question", icons::kQuestion, tr_later("I don't follow"), IM_COL32(0x2F, 0xB3, 0x8A, 255)}}};
// More at one moment would climb out of the picture.
constexpr int kMostRising = 6;
constexpr float kMark = 16;

const Looks& looks_of(std::string_view name) {
  const auto found = std::ranges::find(kLooks, name, &Looks::name);
  return found == kLooks.end() ? kLooks.back() : *found;
}

std::string who_reacted(const ReactionView& reaction) {
  return reaction.is_mine ? tr_in("the author", "You") : reaction.person.name;
}

bool is_mine_now(const WatchState& state, std::string_view name) {
  return std::ranges::any_of(state.answers.reactions, [&](const ReactionView& reaction) {
    return reaction.is_mine && reaction.name == name &&
           std::chrono::abs(reaction.at - state.player.position) <= std::chrono::seconds(1);
  });
}

// Comes up within kReactionRise, stays, and fades in its last quarter.
void draw_rising(Pen& pen, const Box& picture, const ReactionView& reaction, float share, int place) {
  const float risen = std::min(1.0F, share * float(kReactionLength.count()) / float(kReactionRise.count()));
  const float alpha = std::clamp((1 - share) * 4, 0.0F, 1.0F) * risen;
  const float side = pen.px(34);
  const float bottom =
      picture.bottom - pen.px(20) - float(place) * (side + pen.px(6)) + (1 - risen) * pen.px(14);
  const Box disc = box_at(picture.right - pen.px(24) - side, bottom - side, side, side);
  const Looks& looks = looks_of(reaction.name);
  pen.disc(disc.middle(), side / 2, faded(IM_COL32(20, 21, 28, 235), alpha));
  pen.icon(disc, looks.icon, IconSize::Medium, faded(looks.color, alpha));
  const float name_width = pen.text_width(TextStyle::Caption, reaction.person.name);
  const Box name = box_at(disc.left - name_width - pen.px(18), disc.middle().y - pen.px(11),
                          name_width + pen.px(12), pen.px(22));
  pen.fill(name, faded(IM_COL32(20, 21, 28, 200), alpha), 6);
  const std::string who = who_reacted(reaction);
  const std::string spoken = fmt::format("{}: {}", who, tr(looks.tip));
  pen.input.narration().add_words(name, spoken, Narration::WordsKind::Plain);
  const Unspoken only_a_name(pen.input.narration());
  pen.text(name, TextStyle::Caption, faded(IM_COL32_WHITE, alpha), who, Align::Center);
}

std::string names_in(const WatchState& state, const MarkerCluster& cluster) {
  std::string names;
  for (const std::size_t i : cluster.comments) {
    const ReactionView& reaction = state.answers.reactions[i];
    names += fmt::format("{}{}  {}: {}", names.empty() ? "" : "\n", format_moment(reaction.at),
                         who_reacted(reaction), tr(looks_of(reaction.name).tip));
  }
  return names;
}

void draw_mark(View& view, const Box& box, const MarkerCluster& cluster) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  const ReactionView& first = state.answers.reactions[cluster.comments.front()];
  const float side = pen.px(kMark);
  const float x = std::clamp(box.left + cluster.x, box.left + side / 2, box.right - side / 2);
  const Box place = box_at(x - side / 2, box.top - side / 2, side, side);
  const std::string part = fmt::format("reaction/{}/{}", first.at.count(), first.person.id);
  const std::string names = names_in(state, cluster);
  const Response response =
      pen.input.part(part, place, {.role = AccessibleRole::Button, .name = tr("Reaction"), .value = names});
  pen.disc(place.middle(), side / 2, pen.theme.surface);
  if (cluster.comments.size() > 1)
    pen.text(place, TextStyle::CaptionStrong, pen.theme.accent, format_badge(int(cluster.comments.size())),
             Align::Center);
  else
    pen.icon(place, looks_of(first.name).icon, IconSize::Small, looks_of(first.name).color);
  if (response.is_focused) pen.ring(place, 8);
  pen.tooltip(part, place, names);
  if (response.is_clicked) view.actions.watch.seek(first.at);
}

}  // namespace

void draw_reaction_row(View& view, Box row) {
  Pen& pen = view.pen;
  const WatchState& state = view.state.watch;
  row = row.inset(pen.px(12), 0);
  for (std::size_t i = 0; i < kLooks.size(); ++i) {
    const Looks& looks = kLooks[i];
    const std::string name = fmt::format("react/{}", looks.name);
    const Box box = row.cut_left(pen.px(36)).centered(pen.px(32), pen.px(32));
    const std::string shortcut = tr_format("Ctrl+{}", i + 1);
    if (draw_icon_button(pen, box,
                         {.name = name,
                          .icon = looks.icon,
                          .tip = tr(looks.tip),
                          .shortcut = shortcut,
                          .is_on = is_mine_now(state, looks.name)}))
      view.actions.answers.react(std::string(looks.name));
  }
}

void draw_passing_reactions(View& view, const Box& picture) {
  int place = 0;
  bool is_any_shown = false;
  const WatchState& state = view.state.watch;
  const bool rises = state.player.is_playing && view.pen.input.has_motion();
  for (const ReactionView& reaction : state.answers.reactions) {
    const auto share = passed_share(state.player.position, reaction.at);
    if (!share || place >= kMostRising) continue;
    draw_rising(view.pen, picture, reaction, rises ? *share : 0.5F, place++);
    is_any_shown = true;
  }
  if (is_any_shown && rises) view.pen.painter.redraw_after(std::chrono::milliseconds(16));
}

void draw_reaction_marks(View& view, const Box& box) {
  const WatchState& state = view.state.watch;
  std::vector<MediaTime> moments;
  for (const ReactionView& reaction : state.answers.reactions)
    moments.push_back(shown_time(state, reaction.at));
  const float apart = view.pen.px(kMark);
  for (const MarkerCluster& cluster : cluster_markers(moments, shown_duration(state), box.width(), apart))
    draw_mark(view, box, cluster);
}

}  // namespace meanwhile
