// One window a home: a later start gives what it was to open to the window that is there.
#pragma once

#include <memory>

#include "app/library/home.h"
#include "app/library/window_call.h"
#include "app/platform/window_seat.h"
#include "app/window/start_place.h"
#include "media/base/result.h"

namespace meanwhile {

// The seat for a window of one's own; nullptr: the one that has it has taken `place` up. Blocks for some
// seconds while that one is coming up or going. Errors: WindowSeat::take; Unavailable (it doesn't answer);
// AlreadyExists (a tour needs a window of its own).
Result<std::unique_ptr<WindowSeat>> seat_or_hand_over(const Home& home, const StartPlace& place);

// The two are one: what is handed over, and where the window goes then.
WindowCall call_of(const StartPlace& place);
StartPlace place_of(const WindowCall& call);

}  // namespace meanwhile
