// The time zones that a person may choose from.
#pragma once

#include <string>
#include <vector>

namespace meanwhile {

// IANA names of the system's time zone data, sorted. Reads the disk.
std::vector<std::string> all_time_zones();

}  // namespace meanwhile
