// What a decoder's process can't do, tried in one.
#include "media/play/apart/sandbox.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>
#include <thread>

#include "media/play/apart/landlock.h"
#include "media/play/apart/sanitizers.h"

namespace meanwhile::test {
namespace {

constexpr int kFine = 0;
constexpr int kBad = 1;
constexpr int kNoWalls = 2;

// In a process of its own that has done `before`: the exit status of what it tried, 128 + a signal.
int status_after(const std::function<bool()>& before, const std::function<bool()>& is_fine) {
  const pid_t id = ::fork();
  if (id == 0) {
    if (!before()) ::_exit(kNoWalls);
    ::_exit(is_fine() ? kFine : kBad);
  }
  int status = 0;
  ::waitpid(id, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

class Sandbox : public testing::Test {
 protected:
  void SetUp() override {
    if (kIsSanitized) GTEST_SKIP() << "a build with sanitizers has no filter of system calls";
  }
  static int walled(const std::function<bool()>& is_fine) {
    return status_after([] { return wall_off().seccomp; }, is_fine);
  }
  static bool is_refused(long result) { return result == -1 && (errno == EPERM || errno == EACCES); }
};

TEST_F(Sandbox, OpensNoFile) {
  EXPECT_EQ(walled([] {
              return is_refused(::open("/etc/passwd", O_RDONLY)) && is_refused(::open("/dev/null", O_RDWR)) &&
                     is_refused(::open("/tmp/meanwhile-x", O_WRONLY | O_CREAT, 0600)) &&
                     is_refused(::syscall(SYS_openat2, AT_FDCWD, "/", nullptr, 0)) &&
                     is_refused(::unlink("/tmp/meanwhile-x")) &&
                     is_refused(::mkdir("/tmp/meanwhile-y", 0700)) && is_refused(::memfd_create("x", 0)) &&
                     is_refused(::access("/", R_OK));
            }),
            kFine);
}

TEST_F(Sandbox, ReachesNoNetwork) {
  EXPECT_EQ(walled([] {
              std::array<int, 2> ends{};
              return is_refused(::socket(AF_INET, SOCK_STREAM, 0)) &&
                     is_refused(::socket(AF_UNIX, SOCK_STREAM, 0)) &&
                     is_refused(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data())) &&
                     is_refused(::syscall(SYS_io_uring_setup, 1, nullptr));
            }),
            kFine);
}

TEST_F(Sandbox, ConnectsNoSocketThatItHas) {
  const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ASSERT_GE(socket, 0);
  EXPECT_EQ(walled([socket] {
              sockaddr_in address{};
              address.sin_family = AF_INET;
              address.sin_port = htons(53);
              address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
              const auto* to = reinterpret_cast<const sockaddr*>(&address);
              return is_refused(::connect(socket, to, sizeof address)) &&
                     is_refused(::bind(socket, to, sizeof address)) &&
                     is_refused(::sendto(socket, "x", 1, 0, to, sizeof address));
            }),
            kFine);
  ::close(socket);
}

TEST_F(Sandbox, StartsNothingAndTouchesNoOtherProcess) {
  EXPECT_EQ(walled([] {
              char* arguments[] = {const_cast<char*>("true"), nullptr};
              return is_refused(::execve("/bin/true", arguments, nullptr)) && is_refused(::fork()) &&
                     is_refused(::syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0)) &&
                     is_refused(::kill(::getppid(), 0)) &&
                     is_refused(::ptrace(PTRACE_ATTACH, ::getppid(), nullptr, nullptr)) &&
                     is_refused(::prctl(PR_SET_DUMPABLE, 1));
            }),
            kFine);
}

TEST_F(Sandbox, RunsNoBytesThatItWrote) {
  EXPECT_EQ(walled([] {
              constexpr std::size_t kPage = 4096;
              void* const memory =
                  ::mmap(nullptr, kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
              const void* const code =
                  ::mmap(nullptr, kPage, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
              return memory != MAP_FAILED && code == MAP_FAILED &&
                     is_refused(::mprotect(memory, kPage, PROT_READ | PROT_EXEC));
            }),
            kFine);
}

TEST_F(Sandbox, StillHasThreadsMemoryAndTime) {
  EXPECT_EQ(walled([] {
              int sum = 0;
              std::thread([&] { sum = static_cast<int>(std::vector<int>(1 << 20, 1).size()); }).join();
              return sum == 1 << 20 && std::chrono::steady_clock::now().time_since_epoch().count() > 0;
            }),
            kFine);
}

TEST_F(Sandbox, TakesABoundedPartOfTheMemory) {
  EXPECT_EQ(walled([] {
              return ::mmap(nullptr, std::size_t{8} << 30, PROT_READ,
                            MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0) == MAP_FAILED;
            }),
            kFine);
}

TEST(Landlock, ForbidsFilesByItself) {
  const int status =
      status_after([] { return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && forbid_files(); },
                   [] {
                     return ::open("/etc/passwd", O_RDONLY) < 0 && errno == EACCES &&
                            ::open("/tmp/meanwhile-x", O_WRONLY | O_CREAT, 0600) < 0 && errno == EACCES;
                   });
  if (status == kNoWalls) GTEST_SKIP() << "this kernel has no landlock";
  EXPECT_EQ(status, kFine);
}

}  // namespace
}  // namespace meanwhile::test
