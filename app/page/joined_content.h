// What a page shows of other updates that are joined to its own: no more of them than that.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "app/fetching/clip_store.h"
#include "app/libraries/library_session.h"
#include "app/library/index.h"
#include "app/library/manifest.h"
#include "media/base/arrangement.h"
#include "media/base/result.h"
#include "media/base/time_range.h"

namespace meanwhile {

struct JoinedContent {
  TimeRange place;  // on the timeline of the update that it is joined to
  // Why it can't be shown: "it was deleted", in English, for pages translate it (web/decks.js); "": it can,
  // and all below is set.
  std::string missing = {};
  std::string manifest_text = {};
  std::string author_key = {};  // base64, of the device that signed it; "": not known
  Manifest manifest = {};
  // On its own timeline, in the order in which it is shown; at least one.
  std::vector<TimeRange> shown = {};
};

// Of those of which something is shown, by place. As in the window only its author's own are, as they were
// recorded. Blocks. Errors: Unavailable, Aborted (what may be there another time is waited for); Index's.
// index: of the thread that asks.
Result<std::vector<JoinedContent>> read_joined(LibrarySession& session, Index& index, const ClipStore& clips,
                                               const Clip& clip, const Arrangement& arrangement,
                                               const std::stop_token& stop);

// The manifest without what isn't shown: of each track the segments of those moments, or what stands there by
// then; no pictures beside the tracks. Whoever has these objects can show it, and nothing else.
Manifest shown_manifest(const JoinedContent& joined);
// The same from the beginning on, up to the last moment that is shown: whole files.
Manifest manifest_until_shown(const JoinedContent& joined);

// base64 of the key of the device that signed a manifest; "": it can't be had.
std::string key_of_device(LibrarySession& session, const std::string& device, const std::stop_token& stop);

}  // namespace meanwhile
