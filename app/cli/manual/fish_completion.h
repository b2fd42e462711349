// Completion for fish.
#pragma once

#include <string>

#include "app/cli/manual/described.h"

namespace meanwhile {

std::string fish_completion(const DescribedCommand& program);

}  // namespace meanwhile
