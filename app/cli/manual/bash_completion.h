// Completion for bash.
#pragma once

#include <string>

#include "app/cli/manual/described.h"

namespace meanwhile {

// A script to be sourced, or put where the package bash-completion looks; it uses nothing but bash itself.
std::string bash_completion(const DescribedCommand& program);

}  // namespace meanwhile
