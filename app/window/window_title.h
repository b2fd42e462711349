// The window's title: what the desktop's list of windows shows, also while the window is out of sight.
#pragma once

#include <string>

#include "app/platform/window.h"
#include "app/ui/state.h"

namespace meanwhile {

// "● Recording, microphone off · Meanwhile", "⚠ The camera is frozen · Recording · Meanwhile", "(3)
// Meanwhile". counts: what waits is told there.
std::string window_title(const UiState& state, bool counts);
// The same for its icon.
WindowBadge window_badge(const RecordPageState& record);

}  // namespace meanwhile
