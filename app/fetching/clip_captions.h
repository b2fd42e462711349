// A clip's captions: read from where they are, and given to the index so that its search finds them.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/library/index.h"
#include "media/base/result.h"
#include "media/base/web_vtt.h"

namespace meanwhile {

struct CaptionTrack {
  std::string language;  // BCP 47; "": not said
  std::vector<VttCue> cues;
  bool are_corrections =
      false;  // only captions that somebody corrected, each at the time of the one it is for
};

// As a file. Errors: parse_web_vtt's.
Result<CaptionTrack> parse_caption_track(std::string_view web_vtt);
std::string to_web_vtt(const CaptionTrack& track);

struct ClipCaptions {
  std::vector<CaptionTrack> tracks;  // one a language; those that were added last come first
  std::string version;               // caption_version of the clip's additions
  bool is_whole = true;              // else some aren't here yet: ask again later
  std::string trouble;  // of what was damaged or replaced in the library: a sentence; "": nothing
};

// What was added to the clip, and those that it was published with, where these are in another language.
// Additions that aren't what their event says are passed over. Blocks. Errors: Aborted, and ClipStore's if
// nothing could be read at all.
Result<ClipCaptions> read_captions(const ClipStore& store, const OpenedClip& opened, std::stop_token stop);
// Of a published clip, from the library. Errors: also ClipStore::manifest's.
Result<ClipCaptions> read_captions(const ClipStore& store, const Clip& clip, std::stop_token stop);
// Of a take. Errors: NotFound, PermissionDenied, Io, parse_web_vtt's.
Result<CaptionTrack> read_captions(const std::filesystem::path& take);

// In that language ("de" does for "de-AT"), else the first. nullptr: there are none.
const CaptionTrack* track_in(const ClipCaptions& captions, std::string_view language);

// Once for each version. What can't be written down is only logged: they can be read all the same.
void make_searchable(Index& index, const std::string& clip, const ClipCaptions& captions);

// Of the clips with added captions that the search doesn't know yet, the newest `most`: fetches them and
// makes them searchable, as far as the library can be reached. Blocks.
void learn_new_captions(Index& index, const ClipStore& store, int most, const std::stop_token& stop);

}  // namespace meanwhile
