#include "tests/support/process_times.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>

namespace meanwhile {
namespace {

struct Stat {
  pid_t parent = 0;
  double ticks = 0;
};

// Source: proc(5), /proc/pid/stat, fields 4, 14 and 15; the program's name before them may hold blanks.
Stat stat_of(pid_t process) {
  std::ifstream stream(fmt::format("/proc/{}/stat", process));
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!text.contains(')')) return {};
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  std::string skipped;
  Stat stat;
  fields >> skipped >> stat.parent;
  for (int field = 5; field < 14; ++field) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  stat.ticks = user + system;
  return stat;
}

std::optional<pid_t> number_of(const std::string& name) {
  pid_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return number;
}

}  // namespace

double processor_seconds_of(pid_t process) {
  return stat_of(process).ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
}

// Source: proc(5), /proc/pid/statm: the second field counts pages.
double memory_mb_of(pid_t process) {
  std::ifstream stream(fmt::format("/proc/{}/statm", process));
  double size = 0;
  double resident = 0;
  stream >> size >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

std::vector<pid_t> family_of(pid_t process) {
  std::vector<pid_t> family{process};
  for (std::size_t i = 0; i < family.size(); ++i) {
    for (const pid_t child : children_of(family[i])) family.push_back(child);
  }
  return family;
}

std::vector<pid_t> children_of(pid_t process) {
  std::vector<pid_t> children;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const auto number = number_of(entry.path().filename().string());
    if (number && stat_of(*number).parent == process) children.push_back(*number);
  }
  return children;
}

}  // namespace meanwhile
