// A program that we started, and end when we are done with it.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "media/base/result.h"

namespace meanwhile {

// Ends the program (SIGTERM, then SIGKILL after 2 s) when destroyed.
class ChildProcess {
 public:
  struct Options {
    // Where its standard error goes, and its standard output too unless `output` is given; appended to;
    // empty: /dev/null.
    std::filesystem::path log = {};
    std::filesystem::path output = {};
    // A descriptor that the program inherits; -1: none.
    int inherited_descriptor = -1;
  };

  // command[0] is looked up in PATH. Errors: NotFound, Io.
  static Result<ChildProcess> start(const std::vector<std::string>& command, const Options& options);
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;
  ~ChildProcess();

  // Blocks until it has ended. Returns its exit status; 128 + the signal's number if one ended it.
  int wait();
  void terminate();

 private:
  explicit ChildProcess(pid_t pid) : pid_(pid) {}
  pid_t pid_;  // -1: none any more
};

// Runs it to its end. Errors: NotFound; Io (exit status other than 0).
Result<void> run_program(const std::vector<std::string>& command, const ChildProcess::Options& options);

}  // namespace meanwhile
