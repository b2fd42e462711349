// What a program costs, with all the processes that it starts.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "media/base/child_process.h"
#include "media/base/result.h"

namespace meanwhile {

struct ProgramCost {
  double cpu_seconds = 0;  // user and system
  double wall_seconds = 0;
  double peak_megabytes = 0;  // of whichever process was the largest
};

// Runs it until it and what it started have ended; its output goes to `log`. Nothing else may be a child of
// this process meanwhile. Errors: NotFound, Io (it failed; the message has what it said).
Result<ProgramCost> measure_program(const std::vector<std::string>& arguments, const Environment& environment,
                                    const std::filesystem::path& log);

}  // namespace meanwhile
