#include "media/base/child_process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "media/base/blocking.h"
#include "media/base/files.h"
#include "media/base/result.h"
#include "media/base/translation.h"

extern char** environ;

namespace meanwhile {
namespace {

// What the child needs between fork and exec, made before: there it must not allocate, for another thread may
// have held the allocator's lock (POSIX, fork()).
struct Preparation {
  std::vector<std::string> candidates;  // the program's path, one for each folder of $PATH
  std::vector<char*> arguments;
  std::vector<std::string> variables;
  std::vector<char*> environment;
  const char* output = nullptr;
  const char* errors = nullptr;
  int kept_descriptor = -1;
  int report = -1;
};

std::vector<char*> pointers(const std::vector<std::string>& strings) {
  std::vector<char*> all;
  for (const std::string& string : strings) all.push_back(const_cast<char*>(string.c_str()));
  all.push_back(nullptr);
  return all;
}

std::vector<std::string> candidates_of(const std::string& program) {
  if (program.contains('/')) return {program};
  const char* path = std::getenv("PATH");
  std::string_view rest = path ? path : "/usr/local/bin:/usr/bin:/bin";
  std::vector<std::string> all;
  while (!rest.empty()) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    all.push_back((folder.empty() ? "." : std::string(folder)) + "/" + program);
    rest.remove_prefix(std::min(folder.size() + 1, rest.size()));
  }
  return all;
}

std::vector<std::string> merge_environment(const Environment& more) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry; ++entry) all.emplace_back(*entry);
  for (const auto& [name, value] : more) {
    const std::string beginning = name + "=";
    std::erase_if(all, [&](const std::string& variable) { return variable.starts_with(beginning); });
    all.push_back(beginning + value);
  }
  return all;
}

int open_output(const char* path) {
  return ::open(path, O_WRONLY | O_CREAT | O_APPEND, 0644);
}

[[noreturn]] void become(const Preparation& program) {
#ifdef __linux__
  prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  // We may have blocked signals for ourselves; the program must be able to get them.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  const int out = open_output(program.output);
  dup2(::open("/dev/null", O_RDONLY), 0);
  dup2(out, 1);
  dup2(program.errors ? open_output(program.errors) : out, 2);
  if (program.kept_descriptor >= 0) fcntl(program.kept_descriptor, F_SETFD, 0);
  int error = ENOENT;
  for (const std::string& candidate : program.candidates) {
    execve(candidate.c_str(), program.arguments.data(), program.environment.data());
    if (errno != ENOENT && errno != ENOTDIR) error = errno;
  }
  [[maybe_unused]] const ssize_t written = ::write(program.report, &error, sizeof error);
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
  const std::string doing = tr_format("starting {}", arguments.front());
  std::array<int, 2> report{};
  if (::pipe(report.data()) != 0) return std::unexpected(error_from_errno(errno, doing));
  for (const int end : report) fcntl(end, F_SETFD, FD_CLOEXEC);
  Preparation program{.candidates = candidates_of(arguments.front()),
                      .arguments = pointers(arguments),
                      .variables = merge_environment(options.environment),
                      .environment = {},
                      .output = options.output.empty() ? "/dev/null" : options.output.c_str(),
                      .errors = options.errors.empty() ? nullptr : options.errors.c_str(),
                      .kept_descriptor = options.kept_descriptor,
                      .report = report[1]};
  program.environment = pointers(program.variables);
  const pid_t id = fork();
  if (id == 0) become(program);
  const int fork_error = errno;
  ::close(report[1]);
  const int error = id < 0 ? fork_error : exec_error(report[0]);
  ::close(report[0]);
  if (id < 0) return std::unexpected(error_from_errno(error, doing));
  std::unique_ptr<ChildProcess> child(new ChildProcess(id));
  if (error != 0) return std::unexpected(error_from_errno(error, doing));
  return child;
}

ChildProcess::~ChildProcess() {
  signal(SIGKILL);
  wait();
}

void ChildProcess::signal(int number) {
  one_thread_.check();
  if (!is_collected_) ::kill(id_, number);
}

int ChildProcess::wait() {
  one_thread_.check();
  if (!is_collected_) {
    may_block(Blocking::Process, "a child");
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
