// What opening a source needs to know of its surroundings.
#pragma once

#include <filesystem>
#include <stop_token>

namespace meanwhile {

struct CaptureOptions {
  // Where what the desktop gives for the next time is kept (the portal's restore token); must be there.
  // Empty: nothing is kept.
  std::filesystem::path state_folder;
  // Gives up waiting for a person who is asked what may be recorded.
  std::stop_token stop;
};

}  // namespace meanwhile
