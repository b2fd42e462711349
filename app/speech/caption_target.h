// The clip or draft that captions are for: what it has, and how it gets others.
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>

#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_store.h"
#include "app/libraries/libraries.h"
#include "app/library/index.h"
#include "media/base/result.h"

namespace meanwhile {

struct CaptionTarget {
  OpenLibrary* library = nullptr;  // nullptr: of a draft
  std::optional<Clip> clip = {};   // likewise
  OpenedClip opened;
  std::filesystem::path draft = {};  // its folder
};

// Blocks, as read_captions. Of a draft with none: no tracks.
Result<ClipCaptions> captions_of(const CaptionTarget& target, std::stop_token stop);

// A draft gets them as its captions; a published clip as an addition, which is a suggestion if it is somebody
// else's. Answers the outbox's group to wait for; "": none. Errors: add_to_clip's; NoSpace, Io.
Result<std::string> give_captions(const CaptionTarget& target, const CaptionTrack& track);

// Of a file that a person has: WebVTT or SubRip, in UTF-8. Errors: as attach_captions.
Result<CaptionTrack> captions_in_file(const std::filesystem::path& file);

}  // namespace meanwhile
