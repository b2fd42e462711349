// What a storage can do, tried with an object that nobody else uses.
#pragma once

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "media/base/result.h"
#include "upload/storage.h"

namespace meanwhile {

enum class ProbeStep { Store, Show, List, Part, Replace, Remove };

struct ProbeReport {
  std::vector<ProbeStep> done;  // in order
  // What isn't as a library needs it: sentences with the way out. Empty: all is well.
  std::vector<std::string> troubles;
  std::optional<std::chrono::seconds> clock_ahead;  // this machine's, of the server's
  bool may_store = false;
};

// Six to nine small requests; nothing is left behind, where removing works. Errors: Aborted; what can't be
// done is in the report.
Result<ProbeReport> probe_storage(Storage& storage, std::stop_token stop);

// "stores, shows, lists, …": for people.
std::string describe_steps(const std::vector<ProbeStep>& steps);

}  // namespace meanwhile
