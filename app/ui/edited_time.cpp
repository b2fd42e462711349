#include "app/ui/edited_time.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "app/ui/state.h"
#include "media/base/chapters.h"
#include "media/base/edit_list.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"
#include "media/base/translation.h"
#include "media/base/web_vtt.h"

namespace meanwhile {

std::shared_ptr<const EditList> edits_on_screen(const WatchState& state) {
  return state.arrange ? nullptr : state.edits;
}

bool is_edited_on_screen(const WatchState& state) {
  return state.edits && !state.arrange;
}

MediaTime shown_position(const WatchState& state) {
  return is_edited_on_screen(state) ? state.player.edited_position : state.player.position;
}

MediaTime shown_duration(const WatchState& state) {
  return is_edited_on_screen(state) ? state.edits->duration() : state.player.duration;
}

MediaTime shown_time(const WatchState& state, MediaTime recorded) {
  return is_edited_on_screen(state) ? state.edits->edited_near(recorded) : recorded;
}

bool is_cut(const WatchState& state, MediaTime recorded) {
  return is_edited_on_screen(state) && !state.edits->edited(recorded);
}

// A guest's version isn't known: they see the last.
bool is_about_shown(const WatchState& state, const CommentView& comment) {
  return (comment.is_on_earlier ? comment.version : state.clip.version) == state.version;
}

MediaTime shown_time(const WatchState& state, const CommentView& comment) {
  return is_about_shown(state, comment) ? shown_time(state, comment.at) : comment.at;
}

bool is_cut(const WatchState& state, const CommentView& comment) {
  return is_about_shown(state, comment) && is_cut(state, comment.at);
}

MediaTime recorded_time(const WatchState& state, MediaTime shown) {
  return is_edited_on_screen(state) ? state.edits->recorded(shown) : shown;
}

std::vector<TimeRange> shown_ranges(const WatchState& state, const std::vector<TimeRange>& recorded) {
  if (!is_edited_on_screen(state)) return recorded;
  std::vector<TimeRange> shown;
  for (const TimeRange& range : recorded) {
    for (const TimeRange& part : state.edits->edited_ranges(range)) shown.push_back(part);
  }
  return shown;
}

Chapters chapters_on_screen(const WatchState& state, const Chapters& chapters) {
  if (!is_edited_on_screen(state)) return chapters;
  Chapters shown;
  for (const Chapter& chapter : chapters) {
    if (const auto at = state.edits->edited(chapter.at)) shown.push_back({*at, chapter.name});
  }
  std::ranges::sort(shown, {}, &Chapter::at);
  return shown;
}

std::vector<std::size_t> captions_on_screen(const WatchState& state, const std::vector<VttCue>& captions,
                                            std::vector<std::size_t> cues) {
  if (!is_edited_on_screen(state)) return cues;
  std::erase_if(cues, [&](std::size_t cue) {
    return state.edits->edited_ranges({captions[cue].from, captions[cue].to}).empty();
  });
  return cues;
}

std::string shown_moment(const WatchState& state, MediaTime recorded) {
  return is_cut(state, recorded) ? tr_in("instead of a moment: it was cut out", "cut")
                                 : format_moment(shown_time(state, recorded));
}

}  // namespace meanwhile
