// What a person watched and read of a clip: said to the library, or kept on this machine.
#pragma once

#include <string>
#include <vector>

#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/settings.h"
#include "media/base/result.h"

namespace meanwhile {

// With it goes that the clip came here (arrivals.h). shares: others may see it. Errors:
// LibrarySession::say's, keep_private's.
Result<void> say_watching(LibrarySession& session, const WatchedEvent& watched, const Settings& settings,
                          bool shares);

// As if all of these had been watched: for this person only, whatever others see of their watching. Gives how
// many it were. Errors: keep_private's, the index's.
Result<int> mark_watched(LibrarySession& session, const std::vector<std::string>& clips);

}  // namespace meanwhile
