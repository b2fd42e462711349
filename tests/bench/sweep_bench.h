// Which settings of the encoder are worth what: one table a workload.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "media/base/result.h"
#include "tests/bench/encode_trial.h"

namespace meanwhile {

struct SweepPlan {
  std::filesystem::path cache;        // for bench_files.h
  std::string workload;               // "slide", "text", "motion", "face"; empty: all
  std::vector<TrialSettings> trials;  // empty: the list that README.md has the figures of
};

// Records each workload once, encodes it in each way, prints as it goes. Errors: as compare_recording.
Result<void> sweep_settings(const SweepPlan& plan);

}  // namespace meanwhile
