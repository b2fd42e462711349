// The window from its opening to its end.
#pragma once

#include "app/application.h"
#include "app/platform/last_call.h"
#include "app/window/start_place.h"
#include "media/base/result.h"

namespace meanwhile {

// Opens the window and runs it until it is closed; what hangs then is left to last_call. Where this home has
// a window already, that one takes `place` up instead. Errors: Unavailable (no display, or that window
// doesn't answer), AlreadyExists (a tour beside another window).
Result<void> run_window(Application& application, const StartPlace& place, LastCall& last_call);

}  // namespace meanwhile
