// Whether the desktop starts the window with the person's session. Source: freedesktop.org, Desktop
// Application Autostart Specification.
#pragma once

#include "media/base/result.h"

namespace meanwhile {

// Writes this program's file among those that the desktop starts, or removes it. Blocks for a disk's sync.
// Within a sandbox, whose files the desktop doesn't see, the portal (Background) is asked, which may ask the
// person. Errors: Unsupported (no such place here), Unavailable (the portal refused), NoSpace,
// PermissionDenied, Io.
Result<void> set_autostart(bool on);

}  // namespace meanwhile
