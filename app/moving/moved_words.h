// What people said about a clip, said again in the library that it is moved to.
#pragma once

#include <optional>
#include <string>

#include "app/libraries/library_session.h"
#include "app/library/index.h"
#include "media/base/result.h"
#include "upload/event_batch.h"

namespace meanwhile {

// The text of a comment as the mover says it in the other library, where nobody can sign for anybody else:
// one's own as it is, others' with their name and the time (UTC) before it. Cut at kLongestText.
std::string carried_text(const Comment& comment);

// Says the comments, replies and resolutions of a clip in `from`, and the mover's own reactions, again in
// `to`, where the clip must be shown already. What was carried before, also by a move that was cut off, isn't
// said twice; what comes back to where it was said first is left as it is there. Errors:
// LibrarySession::say's; then some may have been said. Gives the last that was said.
Result<std::optional<EventId>> carry_words(const std::string& clip, LibrarySession& from, LibrarySession& to);

}  // namespace meanwhile
