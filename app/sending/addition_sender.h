// Gives a published clip something that comes later: first its bytes reach the library, then the word of it.
#pragma once

#include <optional>
#include <string>

#include "app/libraries/library_session.h"
#include "app/library/addition.h"
#include "app/library/index.h"
#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "upload/event_batch.h"

namespace meanwhile {

struct NewAddition {
  AdditionKind kind = AdditionKind::Captions;
  std::string language;  // as Addition's
  Bytes bytes;
  std::optional<MediaTime> duration = {};  // as Addition's
};

// Journals it: from here on it reaches the library, whatever happens. By who isn't the author it is a
// suggestion. Answers the outbox's group to wait for. Errors: InvalidArgument (the clip is still being
// recorded, no language's tag, empty or larger than kLargestAddedBytes: sentences), NoSpace, Io.
Result<std::string> add_to_clip(LibrarySession& library, const Clip& clip, NewAddition addition);

// What this person added there doesn't count any more. Errors: as LibrarySession::say.
Result<EventId> take_back_addition(LibrarySession& library, const Clip& clip, AdditionKind kind,
                                   const std::string& language);

}  // namespace meanwhile
