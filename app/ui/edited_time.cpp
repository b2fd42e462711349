#include "app/ui/edited_time.h"

#include <algorithm>
#include <string>
#include <vector>

#include "app/ui/state.h"
#include "media/base/chapters.h"
#include "media/base/edit_list.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"

namespace meanwhile {

namespace {

// Who arranges it sees all that was recorded.
const EditList* edits_on_screen(const WatchState& state) {
  return state.arrange ? nullptr : state.edits.get();
}

}  // namespace

bool is_edited_on_screen(const WatchState& state) {
  return edits_on_screen(state) != nullptr;
}

MediaTime shown_position(const WatchState& state) {
  return edits_on_screen(state) ? state.player.edited_position : state.player.position;
}

MediaTime shown_duration(const WatchState& state) {
  return edits_on_screen(state) ? state.edits->duration() : state.player.duration;
}

MediaTime shown_time(const WatchState& state, MediaTime recorded) {
  return edits_on_screen(state) ? state.edits->edited_near(recorded) : recorded;
}

bool is_cut(const WatchState& state, MediaTime recorded) {
  return edits_on_screen(state) && !state.edits->edited(recorded);
}

MediaTime recorded_time(const WatchState& state, MediaTime shown) {
  return edits_on_screen(state) ? state.edits->recorded(shown) : shown;
}

std::vector<TimeRange> shown_ranges(const WatchState& state, const std::vector<TimeRange>& recorded) {
  if (!edits_on_screen(state)) return recorded;
  std::vector<TimeRange> shown;
  for (const TimeRange& range : recorded) {
    for (const TimeRange& part : state.edits->edited_ranges(range)) shown.push_back(part);
  }
  return shown;
}

Chapters chapters_on_screen(const WatchState& state, const Chapters& chapters) {
  if (!edits_on_screen(state)) return chapters;
  Chapters shown;
  for (const Chapter& chapter : chapters) {
    if (const auto at = state.edits->edited(chapter.at)) shown.push_back({*at, chapter.name});
  }
  std::ranges::sort(shown, {}, &Chapter::at);
  return shown;
}

std::string shown_moment(const WatchState& state, MediaTime recorded) {
  return is_cut(state, recorded) ? "cut" : format_moment(shown_time(state, recorded));
}

}  // namespace meanwhile
