// All that may be typed behind `meanwhile`.
#pragma once

#include <CLI/CLI.hpp>

#include "app/cli/context.h"

namespace meanwhile {

// Into an empty `cli`: the options of all commands, and the commands. Parsing fills `context`, which outlives
// it.
void add_command_line(CLI::App& cli, Context& context);

}  // namespace meanwhile
