// Clips that are to be delivered in each person's morning.
#pragma once

#include <optional>

#include "app/libraries/library_session.h"
#include "app/library/working_time.h"
#include "media/base/identifier.h"
#include "media/base/result.h"

namespace meanwhile {

// Those whose time has come for somebody with that schedule are in the inbox from now on. The next one's
// time; nullopt: none is held. Errors: Index::clips.
Result<std::optional<WallTime>> release_due(LibrarySession& library, const Schedule& mine, WallTime now);

}  // namespace meanwhile
