// Which answers show at a moment of the clip.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "app/library/drawing.h"
#include "app/ui/state.h"
#include "media/base/media_time.h"

namespace meanwhile {

// What hangs at a moment and not over a range shows for so long.
constexpr MediaTime kMomentLength = std::chrono::seconds(3);
// A reaction rises and fades within this.
constexpr MediaTime kReactionLength = std::chrono::milliseconds(1600);
// The rise itself: motion that explains, and no more.
constexpr MediaTime kReactionRise = std::chrono::milliseconds(180);

// A drawing of a comment at `at`, or from `at` to `to`.
bool is_shown_at(MediaTime position, MediaTime at, const std::optional<MediaTime>& to);

// The drawings over the picture now: those of the moment, of the comment `pointed_at` (an id; may be empty),
// and the draft's.
std::vector<const Drawing*> shown_drawings(const WatchState& state, const std::string& pointed_at);

// The next moment after `position` at which something of the answers, or a caption that is shown, comes or
// goes; nullopt: none does. A picture that stands still draws no frame by itself.
std::optional<MediaTime> next_answer_moment(const WatchState& state, MediaTime position);

// 0: it just came, 1: gone; nullopt: it isn't passed now.
std::optional<float> passed_share(MediaTime position, MediaTime at);

}  // namespace meanwhile
