// Processor time of other processes, while they run.
#pragma once

#include <sys/types.h>

#include <vector>

namespace meanwhile {

// 0: there is none.
double processor_seconds_of(pid_t process);

// What it has of the memory now, in megabytes. 0: there is none.
double memory_mb_of(pid_t process);

// With it all that it and they have started.
std::vector<pid_t> family_of(pid_t process);
std::vector<pid_t> children_of(pid_t process);

}  // namespace meanwhile
