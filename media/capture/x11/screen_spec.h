// How specs name what of an X display is recorded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "media/base/layout.h"
#include "media/base/result.h"

namespace meanwhile {

// "x11:DISPLAY", "x11:DISPLAY@MONITOR", "x11:DISPLAY+X,Y,WIDTHxHEIGHT" or "x11:DISPLAY#WINDOW", whose number
// is as xwininfo and xdotool print it (0x1a00007, 27262983); an empty DISPLAY is $DISPLAY.
struct ScreenSpec {
  std::string display;
  std::optional<std::string> monitor;
  std::optional<Rect> area;
  std::optional<std::uint32_t> window;
};

// Errors: InvalidArgument.
Result<ScreenSpec> parse_screen_spec(std::string_view spec);

}  // namespace meanwhile
