// The newcomer's proof: on a machine without screen, camera and microphone, everything for real.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {

struct DemoOptions {
  std::filesystem::path folder;  // where everything goes; "": a new folder for temporary files
  MediaTime length = std::chrono::seconds(8);
};

struct DemoReport {
  std::filesystem::path folder;
  std::string clip;
  std::filesystem::path library;
  std::filesystem::path film;        // the export, side by side
  std::filesystem::path screenshot;  // of the window that plays the clip
  std::string comment;               // its id
};

// Two people, one library: Anna records slides, a drawn face and a spoken voice and publishes; Ben comments;
// Anna fetches that and exports; Ben's window plays the clip. Each step is a command of this program, said on
// standard error. Blocks for about half a minute. Errors: NotFound (Xvfb), and what the steps meet: says
// which.
Result<DemoReport> run_demo(const DemoOptions& options);

}  // namespace meanwhile
