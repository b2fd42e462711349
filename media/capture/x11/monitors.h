// The monitors of an X screen.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "media/base/layout.h"
#include "media/base/result.h"
#include "media/capture/x11/connection.h"
#include "media/capture/x11/screen_spec.h"

namespace meanwhile {

struct Monitor {
  std::string name;  // RandR's: "HDMI-1"
  Rect area;         // pixels of the X screen
  bool is_primary = false;
};

// RandR 1.5's monitors, the primary one first; one that covers the whole screen where RandR is older or
// missing.
std::vector<Monitor> list_monitors(const XScreen& x);

std::string spec_for(const std::string& display, const Monitor& monitor);

// What to record, of a spec that names no window: width and height rounded down to even numbers. A name is
// kept where the spec has one (or means one), an area of one's own has none. Errors: NotFound (no such
// monitor), InvalidArgument (an area outside of the screen).
Result<Monitor> resolve_screen(const XScreen& x, const ScreenSpec& spec);

// The screen's size now, which is not always the one it had at connecting. nullopt: the server doesn't
// answer.
std::optional<Size> screen_size(const XScreen& x);

}  // namespace meanwhile
