// The monitors of an X screen, and how specs name them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/capture/x11/connection.h"

namespace meanwhile {

struct Monitor {
  std::string name;  // RandR's: "HDMI-1"
  Rect area;         // pixels of the X screen
  bool is_primary = false;
};

// RandR 1.5's monitors, the primary one first; one that covers the whole screen where RandR is older or
// missing.
std::vector<Monitor> list_monitors(const XScreen& x);

// "x11:DISPLAY", "x11:DISPLAY@MONITOR" or "x11:DISPLAY+X,Y,WIDTHxHEIGHT"; an empty DISPLAY is $DISPLAY.
struct ScreenSpec {
  std::string display;
  std::optional<std::string> monitor;
  std::optional<Rect> area;
};

// Errors: InvalidArgument.
Result<ScreenSpec> parse_screen_spec(std::string_view spec);

std::string spec_for(const std::string& display, const Monitor& monitor);

// What to record: width and height rounded down to even numbers. A name is kept where the spec has one (or
// means one), an area of one's own has none. Errors: NotFound (no such monitor), InvalidArgument (an area
// outside of the screen).
Result<Monitor> resolve_screen(const XScreen& x, const ScreenSpec& spec);

// The screen's size now, which is not always the one it had at connecting. nullopt: the server doesn't
// answer.
std::optional<Size> screen_size(const XScreen& x);

}  // namespace meanwhile
