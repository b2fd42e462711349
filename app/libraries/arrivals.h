// That a clip's bytes are where this person watches: said to its author, once for each clip.
#pragma once

#include <string>
#include <vector>

#include "app/libraries/libraries.h"
#include "app/libraries/library_session.h"
#include "app/library/events.h"
#include "app/library/index.h"
#include "app/library/settings.h"
#include "media/base/result.h"

namespace meanwhile {

// What is to be said of it: nothing of one's own clips, of those that are still recorded, of what was said
// already, and if the person doesn't share it.
std::vector<EventBody> arrival_words(LibrarySession& session, const std::string& clip,
                                     const Settings& settings);

// Says it of each of these clips that it wasn't said of, in one piece. Errors: LibrarySession::say's,
// Index's.
Result<void> say_arrivals(LibrarySession& session, const std::vector<std::string>& clips,
                          const Settings& settings);

// Of all that is kept on this machine, and whole.
Result<void> say_kept_arrivals(const OpenLibrary& library, const Settings& settings);

// "Delivered to Ben Okafor, Carla and 2 more"; "": nobody, as far as is known.
std::string arrival_line(const std::vector<Arrival>& arrivals);

}  // namespace meanwhile
