// What a storage can do, tried with objects that nobody else uses, where and as a library keeps its own.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

enum class ProbeStep { Store, Show, Empty, Large, List, Part, Replace, Remove };

struct ProbeReport {
  std::vector<ProbeStep> done;  // in order
  // What isn't as a library needs it: sentences with the way out. Empty: all is well.
  std::vector<std::string> troubles;
  // Those of them by which what is said or recorded would be lost on its way to the others.
  std::vector<std::string> losses;
  std::optional<std::chrono::seconds> clock_ahead;  // this machine's, of the server's
  bool may_store = false;
};

// Before the second look: what was kept in a cache only is gone then, and what came late is there.
constexpr std::chrono::milliseconds kProbePause{1000};

// How the names of the heads that it writes begin: no device has such a name.
constexpr const char* kProbeHeadsPrefix = "heads/probe-";

// About 25 requests and 4 MB; blocks for pause and more. Names as those of heads and clips, which readers
// pass over ("heads/probe-….0"); nothing is left behind, where removing works. Errors: Aborted; what can't be
// done is in the report.
Result<ProbeReport> probe_storage(Storage& storage, std::stop_token stop,
                                  std::chrono::milliseconds pause = kProbePause);

// Unavailable: the first loss, if there is one.
Result<void> check_loses_nothing(const ProbeReport& report);

// "stores, shows at once, …": for people.
std::string describe_steps(const std::vector<ProbeStep>& steps);

}  // namespace meanwhile
