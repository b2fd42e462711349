#include "app/platform/standard_streams.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>

namespace meanwhile {
namespace {

TEST(StandardStreams, AWriteToNobodyFailsAndEndsNothing) {
  keep_standard_streams();
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  EXPECT_EQ(::write(ends[1], "x", 1), -1);
  EXPECT_EQ(errno, EPIPE);
  ::close(ends[1]);
}

TEST(StandardStreams, ProgramsThatAreStartedGetTheSignalAsEver) {
  keep_standard_streams();
  const int status = std::system("kill -PIPE $$");
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGPIPE);
}

TEST(StandardStreams, ClosedOnesAreNotTakenByTheNextFile) {
  const auto open_next = [] {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::close(stream);
    keep_standard_streams();
    ::_exit(::open("/dev/zero", O_RDONLY) > STDERR_FILENO ? 0 : 1);
  };
  EXPECT_EXIT(open_next(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace meanwhile
