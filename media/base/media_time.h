// Times on a clip's timeline, and how people write them.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "media/base/result.h"

namespace meanwhile {

// Microseconds since the first instant of a take, pauses taken out. Wall-clock time is another type
// (WallTime).
using MediaTime = std::chrono::microseconds;

constexpr double to_seconds(MediaTime time) {
  return std::chrono::duration<double>(time).count();
}
constexpr MediaTime from_seconds(double seconds) {
  return std::chrono::duration_cast<MediaTime>(std::chrono::duration<double>(seconds));
}

// "8s", "2m", "1h", "500ms", "90" (seconds), "1.5". Errors: InvalidArgument (not a duration, negative, over
// 100 h).
Result<MediaTime> parse_duration(std::string_view text);

// A moment of a clip: "83.5", "1:23.5", "1:02:03". Errors: InvalidArgument, as above.
Result<MediaTime> parse_moment(std::string_view text);

// "0:07", "12:34", "1:02:03": rounded down to whole seconds.
std::string format_moment(MediaTime time);

// "1:23.5": as format_moment with tenths, for exact places.
std::string format_exact_moment(MediaTime time);

}  // namespace meanwhile
