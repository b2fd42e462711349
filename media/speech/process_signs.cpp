#include "media/speech/process_signs.h"

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <system_error>

namespace meanwhile {

ProcessSigns signs_of(pid_t process) {
  ProcessSigns signs;
  std::error_code error;
  const std::filesystem::path tasks = "/proc/" + std::to_string(process) + "/task";
  for (const auto& task : std::filesystem::directory_iterator(tasks, error)) {
    std::ifstream file(task.path() / "stat");
    std::string line;
    std::getline(file, line);
    // The name stands in parentheses, and may hold anything; the state follows.
    const auto name_end = line.rfind(')');
    if (name_end == std::string::npos) continue;
    std::istringstream fields(line.substr(name_end + 1));
    std::string state;
    fields >> state;
    signs.is_busy = signs.is_busy || state == "R" || state == "D";
    std::string skipped;
    for (int i = 0; i < 10; ++i) fields >> skipped;  // up to cmajflt
    std::uint64_t user = 0;
    std::uint64_t system = 0;
    fields >> user >> system;
    signs.ticks += user + system;
  }
  return signs;
}

SleepWatch::SleepWatch(pid_t process, std::chrono::steady_clock::duration longest)
    : process_(process), longest_(longest), awake_(std::chrono::steady_clock::now()) {}

bool SleepWatch::is_stuck() {
  const ProcessSigns signs = signs_of(process_);
  const auto now = std::chrono::steady_clock::now();
  if (signs.is_busy || signs.ticks != ticks_) awake_ = now;
  ticks_ = signs.ticks;
  return now - awake_ > longest_;
}

}  // namespace meanwhile
