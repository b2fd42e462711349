// What a page shows of a clip, read once from where it lies.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/fetching/clip_captions.h"
#include "app/fetching/clip_store.h"
#include "app/libraries/library_session.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "app/page/joined_content.h"
#include "media/base/arrangement.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/time_range.h"

namespace meanwhile {

struct ShareContent {
  std::string library;  // its id
  std::string library_name;
  Clip clip;
  std::string author_zone;    // "": not known
  std::string author_key;     // base64, of the device that signed clip.json; "": not known
  std::string manifest_text;  // clip.json as it is stored
  Manifest manifest;
  std::vector<Person> people;
  std::vector<Thread> threads;
  std::vector<Ask> asks;
  std::vector<Reaction> reactions;
  std::vector<CaptionTrack> captions;  // one a language
  std::string thumbnails;              // of thumbs.jpg, as WebVTT; "": there are none
  std::string pointer;                 // pointer.jsonl; "": there is none
  std::vector<std::uint8_t> envelope;  // of the voice: 0 to 255, ten a second; empty: not known
  std::vector<TimeRange> pauses;
  Arrangement arrangement;            // its author's
  std::vector<JoinedContent> joined;  // of which something is shown
};

// Blocks. Errors: InvalidArgument (the clip is still being recorded: a sentence), ClipStore::manifest's and
// shown_arrangement's: no page shows what its author has cut because that wasn't known; read_joined's;
// Index's.
// index: the session's, of the thread that asks.
Result<ShareContent> read_share_content(LibrarySession& session, Index& index, const ClipStore& clips,
                                        const Clip& clip, std::stop_token stop);

// Of peaks from 0 to 1, evenly over the duration.
std::vector<std::uint8_t> envelope_of(const std::vector<float>& peaks, MediaTime duration);

// The pictures beside the tracks, which a page shows: poster, thumbnails, pointer's shapes.
bool is_page_picture(std::string_view name);

}  // namespace meanwhile
