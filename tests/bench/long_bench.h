// A long take in a short time: memory, and how long Stop takes.
#pragma once

#include <chrono>

#include "media/base/result.h"

namespace meanwhile {

// Scripted sources on a clock that runs as fast as the encoders do: a 1080p screen that changes each
// 2 s, a small camera at 30 pictures a second, a voice. Prints a line for each tenth. Errors: the
// recorder's.
Result<void> measure_long_take(std::chrono::minutes length);

}  // namespace meanwhile
