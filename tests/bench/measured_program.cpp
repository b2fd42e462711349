#include "tests/bench/measured_program.h"

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <chrono>

#include "tests/bench/record_stage.h"

namespace meanwhile {
namespace {

constexpr double kKibibyte = 1024;
constexpr double kMegabyte = 1e6;

double processor_seconds_of_children() {
  rusage usage{};
  ::getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Those whose parent ended first are ours since adopt_orphans().
void wait_for_all() {
  while (::waitpid(-1, nullptr, 0) > 0) {
  }
}

void adopt_orphans() {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
}

}  // namespace

Result<ProgramCost> measure_program(const std::vector<std::string>& arguments, const Environment& environment,
                                    const std::filesystem::path& log) {
  adopt_orphans();
  const double before = processor_seconds_of_children();
  const auto start = std::chrono::steady_clock::now();
  auto program = ChildProcess::start(arguments, {.environment = environment, .output = log});
  if (!program) return std::unexpected(program.error());
  const int status = (*program)->wait();
  wait_for_all();
  if (status != 0)
    return fail(ErrorCode::Io,
                fmt::format("{} ended with status {}:\n{}", arguments.front(), status, read_text(log)));
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  return ProgramCost{
      .cpu_seconds = processor_seconds_of_children() - before,
      .wall_seconds = wall.count(),
      .peak_megabytes = static_cast<double>((*program)->usage().ru_maxrss) * kKibibyte / kMegabyte};
}

}  // namespace meanwhile
