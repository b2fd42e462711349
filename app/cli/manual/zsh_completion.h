// Completion for zsh.
#pragma once

#include <string>

#include "app/cli/manual/described.h"

namespace meanwhile {

// The file _meanwhile, for a folder of $fpath.
std::string zsh_completion(const DescribedCommand& program);

}  // namespace meanwhile
