// A clip's captions: read from where they are, and given to the index so that its search finds them.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "media/base/result.h"
#include "media/base/web_vtt.h"

namespace meanwhile {

// Of a published clip. Blocks. Errors: NotFound (it has none), ClipStore::side_file's, parse_web_vtt's.
Result<std::vector<VttCue>> read_captions(const ClipStore& store, const Manifest& manifest,
                                          std::stop_token stop);
// Of a take. Errors: NotFound, PermissionDenied, Io, parse_web_vtt's.
Result<std::vector<VttCue>> read_captions(const std::filesystem::path& take);

// Once for each clip. What can't be written down is only logged: they can be read all the same.
void make_searchable(Index& index, const std::string& clip, const std::vector<VttCue>& captions);

}  // namespace meanwhile
