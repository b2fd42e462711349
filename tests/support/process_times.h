// Processor time of other processes, while they run.
#pragma once

#include <sys/types.h>

#include <vector>

namespace meanwhile {

// 0: there is none.
double processor_seconds_of(pid_t process);

std::vector<pid_t> children_of(pid_t process);

}  // namespace meanwhile
