// What seek_bench.h measures, of mpv.
#pragma once

#include "tests/bench/seek_bench.h"

namespace meanwhile {

// Two files: side by side, through libavfilter's hstack. Errors: as MpvSession.
Result<PlayFigures> measure_mpv(const PlayFiles& files);

}  // namespace meanwhile
