// What is opened through libavformat and libavdevice, and how specs name it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "media/base/layout.h"
#include "media/base/result.h"

namespace meanwhile {

struct InputSpec {
  std::string name;    // what a person calls it
  std::string format;  // FFmpeg's name of the demuxer or device; empty: found by looking at the data
  std::string url;
  std::map<std::string, std::string> options;
  bool is_looped = false;
  // It comes at its own pace: a device, or something from the network. What isn't live is paced by the clock.
  bool is_live = false;
  bool is_device = false;             // of libavdevice, which must not block
  std::optional<Size> required_size;  // pictures of another one are refused: drivers change it silently
};

// "file:PATH", "lavfi:GRAPH", "ffmpeg:FORMAT:INPUT". Errors: InvalidArgument (none of these, an unknown
// FORMAT), NotFound (no such file).
Result<InputSpec> parse_input_spec(std::string_view spec);

// Whether parse_input_spec() is the one to ask.
bool is_input_spec(std::string_view spec);

}  // namespace meanwhile
