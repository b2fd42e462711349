// Clips, takes and comments as commands print them: JSON documents (design of the command line) and text.
#pragma once

#include <string>
#include <vector>

#include "app/application.h"
#include "media/base/json.h"

namespace meanwhile {

Json json_of(const TrackReport& track);
Json json_of(const std::vector<TrackReport>& tracks);
Json json_of(const TakeSummary& summary);
Json json_of(const Take& take);
Json json_of(const Clip& clip);
Json json_of(const Comment& comment);
// Comments and replies, one after the other: a reply names its parent.
Json json_of(const std::vector<Thread>& threads);
Json json_of(const ManifestTrack& track);

std::string text_of(const TakeSummary& summary);
std::string text_of(const Clip& clip, const std::string& zone);
std::string text_of(const std::vector<Thread>& threads, const std::string& zone);

}  // namespace meanwhile
