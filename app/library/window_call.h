// What a second start of the window says to the first: a line of JSON.
#pragma once

#include <string>
#include <string_view>

#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {

// {"format":1,"page":"inbox|record|settings|","clip":text,"at_us":n,"play":bool}; what is missing is as here.
struct WindowCall {
  std::string page;  // empty: none was asked for
  std::string clip;  // a link, or as find_known_clip takes it; empty: none
  MediaTime at{};
  bool play = false;

  bool operator==(const WindowCall&) const = default;
};

std::string to_line(const WindowCall& call);
// Errors: Corrupt, Unsupported (a newer format).
Result<WindowCall> parse_window_call(std::string_view line);

}  // namespace meanwhile
