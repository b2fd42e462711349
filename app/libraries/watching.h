// What a person watched and read of a clip: said to the library, or kept on this machine.
#pragma once

#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/settings.h"
#include "media/base/result.h"

namespace meanwhile {

// With it goes that the clip came here (arrivals.h). shares: others may see it. Errors:
// LibrarySession::say's, keep_private's.
Result<void> say_watching(LibrarySession& session, const WatchedEvent& watched, const Settings& settings,
                          bool shares);

}  // namespace meanwhile
