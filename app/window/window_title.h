// The window's title: what the desktop's list of windows shows, also while the window is out of sight.
#pragma once

#include <string>

#include "app/ui/state.h"

namespace meanwhile {

// "Recording · Meanwhile", "Recording, microphone off · Meanwhile", "(3) Meanwhile". counts: what waits is
// told there.
std::string window_title(const UiState& state, bool counts);

}  // namespace meanwhile
