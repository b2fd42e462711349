// The window from its opening to its end.
#pragma once

#include "app/application.h"
#include "app/window/start_place.h"

namespace meanwhile {

// Opens the window and runs it until it is closed. Errors: Unavailable (no display).
Result<void> run_window(Application& application, const StartPlace& place);

}  // namespace meanwhile
