// Times as the viewer sees them: of what their author left in. Everything that is said about an update is
// tied to the recorded timeline; on screen stands the edited one.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "app/ui/state.h"
#include "media/base/chapters.h"
#include "media/base/edit_list.h"
#include "media/base/media_time.h"
#include "media/base/time_range.h"
#include "media/base/web_vtt.h"

namespace meanwhile {

// nullptr: all of the recording is on screen, also while it is being arranged.
std::shared_ptr<const EditList> edits_on_screen(const WatchState& state);
bool is_edited_on_screen(const WatchState& state);

MediaTime shown_position(const WatchState& state);
MediaTime shown_duration(const WatchState& state);

// Of what was cut: where it would be.
MediaTime shown_time(const WatchState& state, MediaTime recorded);
bool is_cut(const WatchState& state, MediaTime recorded);
MediaTime recorded_time(const WatchState& state, MediaTime shown);

// It was made on the version that is on screen. The moment of one on another says nothing about this
// recording: that one is neither cut nor moved.
bool is_about_shown(const WatchState& state, const CommentView& comment);
MediaTime shown_time(const WatchState& state, const CommentView& comment);
bool is_cut(const WatchState& state, const CommentView& comment);

// What is left of them; a range may fall apart.
std::vector<TimeRange> shown_ranges(const WatchState& state, const std::vector<TimeRange>& recorded);

// Of those whose beginning isn't cut.
Chapters chapters_on_screen(const WatchState& state, const Chapters& chapters);

// Without the captions of which all was cut: nobody reads what isn't to be heard. cues: places in captions.
std::vector<std::size_t> captions_on_screen(const WatchState& state, const std::vector<VttCue>& captions,
                                            std::vector<std::size_t> cues);

// "1:23"; of what was cut "cut".
std::string shown_moment(const WatchState& state, MediaTime recorded);

}  // namespace meanwhile
