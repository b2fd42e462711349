// How a share ends, and what can't be called back then.
#pragma once

#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/share.h"
#include "media/base/identifier.h"
#include "media/base/result.h"
#include "upload/event_batch.h"

namespace meanwhile {

// Takes up the answers that are there, says in the library that it has ended, so that nothing more is taken
// from it, and removes its page. Blocks. Errors: those of LibrarySession::say; the place's, as sentences: it
// goes on, or it has ended, but the page is still there.
Result<EventId> end_share(OpenLibrary& library, const Share& share, std::stop_token stop);

// What those can still do who have it: whole sentences. zone: whose clock times are said by.
std::string what_stays(LibrarySession& session, const Share& share, WallTime now, std::string_view zone);

// Those that reference means: a share by its id or the id's beginning (at least 4 characters), or all open
// ones of a clip. Errors: NotFound (none), InvalidArgument (more than one share begins so), Index's.
Result<std::vector<Share>> shares_meant(LibrarySession& session, const std::string& reference, WallTime now);

}  // namespace meanwhile
