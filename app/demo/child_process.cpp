#include "app/demo/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "media/base/files.h"

extern char** environ;

namespace meanwhile {
namespace {

constexpr int kTerminateWaitMs = 2000;

// Waits for the process to end, without a poll of our own. False: it is still there.
bool wait_for_end(pid_t pid, int timeout_ms) {
  const int descriptor = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  if (descriptor < 0) return false;
  pollfd watched{.fd = descriptor, .events = POLLIN, .revents = 0};
  const int ready = ::poll(&watched, 1, timeout_ms);
  ::close(descriptor);
  return ready > 0;
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& command, const Options& options) {
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);

  const std::string log = options.log.empty() ? "/dev/null" : options.log.string();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  const std::string output = options.output.empty() ? log : options.output.string();
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_APPEND,
                                   0644);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  // Duplicated onto itself: that clears its close-on-exec flag in the child.
  if (options.inherited_descriptor >= 0) {
    posix_spawn_file_actions_adddup2(&actions, options.inherited_descriptor, options.inherited_descriptor);
  }
  // We may have blocked signals for ourselves; the program must be able to get them.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  pid_t pid = -1;
  const int failed = ::posix_spawnp(&pid, arguments[0], &actions, &attributes, arguments.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return std::unexpected(error_from_errno(failed, "starting " + command[0]));
  return ChildProcess(pid);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept : pid_(std::exchange(other.pid_, -1)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  std::swap(pid_, other.pid_);
  return *this;
}

ChildProcess::~ChildProcess() {
  terminate();
}

int ChildProcess::wait() {
  if (pid_ < 0) return 0;
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void ChildProcess::terminate() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGTERM);
  if (!wait_for_end(pid_, kTerminateWaitMs)) ::kill(pid_, SIGKILL);
  wait();
}

Result<void> run_program(const std::vector<std::string>& command, const ChildProcess::Options& options) {
  auto child = ChildProcess::start(command, options);
  if (!child) return std::unexpected(child.error());
  const int status = child->wait();
  if (status == 0) return {};
  return fail(ErrorCode::Io, command[0] + " ended with status " + std::to_string(status) +
                                 (options.log.empty() ? "" : "; what it said is in " + options.log.string()));
}

}  // namespace meanwhile
