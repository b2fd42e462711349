#include "app/ui/answers_shown.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "app/library/drawing.h"
#include "app/ui/draft.h"
#include "app/ui/play_tools.h"
#include "app/ui/state.h"
#include "media/base/media_time.h"
#include "media/base/web_vtt.h"

namespace meanwhile {
namespace {

// A drawing still shows at the end of its range.
constexpr MediaTime kJustAfter = std::chrono::milliseconds(1);
// A seek lands on the frame before the moment, at worst.
constexpr MediaTime kOneFrame = std::chrono::milliseconds(50);

void add_drawing(const WatchState& state, const CommentView& comment, bool is_pointed_at,
                 std::vector<const Drawing*>& shown) {
  if (comment.drawing.empty() || comment.is_deleted) return;
  if (is_pointed_at || is_shown_at(state.player.position, comment.at, comment.to))
    shown.push_back(&comment.drawing);
}

// They are in order of their beginnings, and few are shown at once.
template <typename Consider>
void consider_cues(const std::vector<VttCue>& cues, MediaTime position, const Consider& consider) {
  constexpr std::ptrdiff_t kMostAtOnce = 4;
  const auto next = std::ranges::upper_bound(cues, position, {}, &VttCue::from);
  if (next != cues.end()) consider(next->from);
  for (auto cue = next - std::min(kMostAtOnce, next - cues.begin()); cue != next; ++cue) consider(cue->to);
}

template <typename Consider>
void consider_captions(const PlayTools& tools, MediaTime position, const Consider& consider) {
  if (!tools.caption_look.is_on) return;
  for (const auto& cues : {tools.captions, tools.second_captions})
    if (cues) consider_cues(*cues, position, consider);
}

}  // namespace

bool is_shown_at(MediaTime position, MediaTime at, const std::optional<MediaTime>& to) {
  return position >= at - kOneFrame && position <= to.value_or(at + kMomentLength);
}

std::vector<const Drawing*> shown_drawings(const WatchState& state, const std::string& pointed_at) {
  std::vector<const Drawing*> shown;
  for (const CommentView& comment : state.comments) {
    const bool is_pointed_at = comment.id == pointed_at;
    if (comment.is_resolved && !is_pointed_at) continue;
    add_drawing(state, comment, is_pointed_at, shown);
    for (const CommentView& reply : comment.replies) add_drawing(state, reply, is_pointed_at, shown);
  }
  const Draft& draft = state.draft;
  const bool is_here = !draft.at || is_shown_at(state.player.position, *draft.at, draft.to);
  if (!draft.drawing.empty() && (state.answers.is_drawing || is_here)) shown.push_back(&draft.drawing);
  return shown;
}

std::optional<MediaTime> next_answer_moment(const WatchState& state, MediaTime position) {
  std::optional<MediaTime> next;
  const auto consider = [&](MediaTime moment) {
    if (moment > position && (!next || moment < *next)) next = moment;
  };
  for (const CommentView& comment : state.comments) {
    if (comment.ask) consider(comment.at);
    const bool is_drawn =
        !comment.drawing.empty() ||
        std::ranges::any_of(comment.replies, [](const CommentView& reply) { return !reply.drawing.empty(); });
    if (!is_drawn) continue;
    consider(comment.at);
    consider(comment.to.value_or(comment.at + kMomentLength) + kJustAfter);
  }
  for (const ReactionView& reaction : state.answers.reactions) {
    consider(reaction.at);
    consider(reaction.at + kReactionLength);
  }
  consider_captions(state.tools, position, consider);
  return next;
}

std::optional<float> passed_share(MediaTime position, MediaTime at) {
  if (position < at || position >= at + kReactionLength) return std::nullopt;
  return float((position - at).count()) / float(kReactionLength.count());
}

}  // namespace meanwhile
