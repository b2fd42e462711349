// Clips, takes and comments as commands print them: JSON documents (design of the command line) and text.
#pragma once

#include <string>
#include <vector>

#include "app/libraries/library_session.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "media/base/chapters.h"
#include "media/base/json.h"
#include "media/record/take.h"
#include "media/record/take_summary.h"
#include "media/record/track_report.h"

namespace meanwhile {

Json json_of(const TrackReport& track);
Json json_of(const std::vector<TrackReport>& tracks);
Json json_of(const TakeSummary& summary);
Json json_of(const Take& take);
Json json_of(const Clip& clip);
// With the library that has it.
Json json_of(const Clip& clip, const LibrarySession& library);
// {"id", "name", "url"}.
Json json_of_place(const LibrarySession& library);
Json json_of(const ManifestTrack& track);

// "Anna", or "Ben (40 %)" who hasn't seen the whole.
std::string watched_words(const Watcher& watcher);
std::string text_of(const TakeSummary& summary);
// "  0:00  Budget", a line each.
std::string chapter_lines(const Chapters& chapters);
// A line over what follows of that library.
std::string heading_of(const LibrarySession& library);
std::string text_of(const Clip& clip, const std::string& zone);
std::string text_of(const std::vector<Thread>& threads, const std::string& zone);

}  // namespace meanwhile
