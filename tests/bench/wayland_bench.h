// What recording the screen of a Wayland desktop costs, ours beside wf-recorder and OBS.
#pragma once

#include "media/base/result.h"
#include "tests/bench/record_bench.h"

namespace meanwhile {

// A page that stands still, then one that scrolls; each recorder on a sway of its own without a screen. Ours
// and OBS, where it is installed, go through the portal, which costs its back end something too; wf-recorder
// takes the compositor's pictures itself (wlr-screencopy). What sway and the portal took is told apart, also
// while nobody records. Prints tables; is_published and view don't count. Errors: NotFound (a program isn't
// installed), Unavailable, Io (a recorder failed).
Result<void> measure_wayland(const RecordPlan& plan);

}  // namespace meanwhile
