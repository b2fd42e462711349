// What opening a source needs to know of its surroundings.
#pragma once

#include <filesystem>
#include <stop_token>

namespace meanwhile {

// Beyond it more pixels cost more than they show.
inline constexpr int kDefaultMostWidth = 2560;
inline constexpr int kLeastMostWidth = 320;
inline constexpr int kLargestMostWidth = 16'384;  // H.264's own limit

struct CaptureOptions {
  // Where what the desktop gives for the next time is kept (the portal's restore token); must be there.
  // Empty: nothing is kept.
  std::filesystem::path state_folder;
  // Screens and windows that are wider are scaled down to it; kLeastMostWidth to kLargestMostWidth.
  int most_width = kDefaultMostWidth;
  // Gives up waiting for a person who is asked what may be recorded.
  std::stop_token stop;
};

}  // namespace meanwhile
