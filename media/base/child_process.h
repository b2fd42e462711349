// Another program, started by this one: it never outlives us.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "media/base/result.h"
#include "media/base/thread_checker.h"

namespace meanwhile {

using Environment = std::vector<std::pair<std::string, std::string>>;

// All calls from one thread, which must live as long as the program (Linux ends it with that thread).
class ChildProcess {
 public:
  struct Options {
    Environment environment = {};       // on top of our own; the last of a name counts
    std::filesystem::path output = {};  // where standard output goes, appended; empty: /dev/null
    std::filesystem::path errors = {};  // where standard error goes; empty: where output does
    int kept_descriptor = -1;           // one that the program inherits, under the same number
  };

  // arguments[0]: the program, looked for in $PATH. Errors: NotFound, PermissionDenied, Io.
  static Result<std::unique_ptr<ChildProcess>> start(const std::vector<std::string>& arguments,
                                                     const Options& options);
  // SIGKILL, and collected.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t id() const { return id_; }
  void signal(int number);
  // Blocks until it ended. Its exit status, or 128 + the signal that ended it.
  int wait();
  // The processor time and the memory that it took, with its own children; valid after wait().
  const rusage& usage() const { return usage_; }

 private:
  explicit ChildProcess(pid_t id) : id_(id) {}
  const pid_t id_;
  bool is_collected_ = false;
  int status_ = 0;
  rusage usage_{};
  [[no_unique_address]] ThreadChecker one_thread_;
};

// Starts, waits: the exit status. Errors: as start().
Result<int> run_program(const std::vector<std::string>& arguments, const ChildProcess::Options& options);

}  // namespace meanwhile
