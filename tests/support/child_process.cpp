#include "tests/support/child_process.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "media/base/files.h"

namespace meanwhile {
namespace {

// In the child, between fork and exec.
int open_output(const std::filesystem::path& path) {
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
}

[[noreturn]] void become(const std::vector<std::string>& arguments, const ChildProcess::Options& options,
                         int report) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int out = open_output(options.output.empty() ? "/dev/null" : options.output);
  const int in = ::open("/dev/null", O_RDONLY);
  dup2(in, 0);
  dup2(out, 1);
  dup2(options.errors.empty() ? out : open_output(options.errors), 2);
  if (options.kept_descriptor >= 0) fcntl(options.kept_descriptor, F_SETFD, 0);
  for (const auto& [name, value] : options.environment) setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> words;
  for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  execvp(words[0], words.data());
  const int error = errno;
  [[maybe_unused]] const ssize_t written = ::write(report, &error, sizeof error);
  _exit(127);
}

// What exec reported through the pipe; 0: it worked, and the pipe closed.
int exec_error(int read_end) {
  int error = 0;
  if (::read(read_end, &error, sizeof error) != sizeof error) error = 0;
  return error;
}

}  // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const std::vector<std::string>& arguments,
                                                          const Options& options) {
  const std::string doing = "starting " + arguments.front();
  std::array<int, 2> report{};
  if (pipe2(report.data(), O_CLOEXEC) != 0) return std::unexpected(error_from_errno(errno, doing));
  const pid_t id = fork();
  if (id == 0) become(arguments, options, report[1]);
  ::close(report[1]);
  if (id < 0) {
    ::close(report[0]);
    return std::unexpected(error_from_errno(errno, doing));
  }
  std::unique_ptr<ChildProcess> child(new ChildProcess(id));
  const int error = exec_error(report[0]);
  ::close(report[0]);
  if (error != 0) return std::unexpected(error_from_errno(error, doing));
  return child;
}

ChildProcess::~ChildProcess() {
  signal(SIGKILL);
  wait();
}

void ChildProcess::signal(int number) {
  if (!is_collected_) ::kill(id_, number);
}

int ChildProcess::wait() {
  if (!is_collected_) {
    int status = 0;
    while (wait4(id_, &status, 0, &usage_) < 0 && errno == EINTR) {
    }
    is_collected_ = true;
    status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  return status_;
}

Result<int> run_program(const std::vector<std::string>& arguments, const ChildProcess::Options& options) {
  auto child = ChildProcess::start(arguments, options);
  if (!child) return std::unexpected(child.error());
  return (*child)->wait();
}

}  // namespace meanwhile
