// What draws the window here, for a report.
#pragma once

#include <string>

namespace meanwhile {

// "SDL 2.26.5, Dear ImGui 1.89.9"
std::string window_versions();

}  // namespace meanwhile
