// An author arranges a published clip anew; or takes that back.
#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "app/fetching/clip_store.h"
#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/index.h"
#include "media/base/arrangement.h"
#include "media/base/byte_stream.h"
#include "media/base/result.h"
#include "upload/event_batch.h"

namespace meanwhile {

// What tells that it has reached the library; neither: there was nothing to do.
struct ArrangedSign {
  std::string group = {};  // of the outbox
  std::optional<EventId> event = {};
};

// Nobody joins what isn't theirs, or isn't there. clip: what it is joined to. Errors: NotFound,
// InvalidArgument: a sentence.
Result<void> check_joined(LibrarySession& library, const std::string& clip, const Arrangement& arrangement);

// The JPEG that is to stand for the clip when it is arranged so; empty: the recording's. Blocks while a
// picture is fetched and decoded. Any thread. Errors: as ClipStore::open; Corrupt (no picture can be read
// there).
Result<Bytes> make_poster(const ClipStore& clips, const Clip& clip, const Arrangement& arrangement,
                          const std::stop_token& stop);
// Journals it, if it is another than before; empty: the recording's. Answers the outbox's group to wait for;
// "": there is none. Errors: as add_to_clip.
Result<std::string> give_poster(OpenLibrary& library, const Clip& clip, Bytes poster);

// Journals it; here it holds at once, everybody else sees it as soon as it has reached the library. One that
// is nothing: as it was recorded. Errors: PermissionDenied (it is somebody else's), InvalidArgument
// (check_arrangement: a sentence), NotFound (what is joined), add_to_clip's.
Result<ArrangedSign> arrange_clip(OpenLibrary& library, const Clip& clip, const Arrangement& arrangement);

}  // namespace meanwhile
