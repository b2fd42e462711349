// The manual page, meanwhile(1).
#pragma once

#include <string>

#include "app/cli/manual/described.h"

namespace meanwhile {

// In man(7)'s language. date: of the version, as 2026-12-01.
std::string man_page(const DescribedCommand& program, const std::string& date);

}  // namespace meanwhile
