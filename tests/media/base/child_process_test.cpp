#include "media/base/child_process.h"

#include <gtest/gtest.h>

#include <csignal>

#include "media/base/files.h"
#include "tests/support/environment.h"

namespace meanwhile {
namespace {

std::string text_of(const std::filesystem::path& file) {
  const auto bytes = read_file(file, 1 << 16);
  return bytes ? std::string(as_text(*bytes)) : "";
}

TEST(ChildProcess, GivesTheExitStatus) {
  EXPECT_EQ(run_program({"sh", "-c", "exit 7"}, {}).value(), 7);
}

TEST(ChildProcess, TellsTheSignalThatEndedIt) {
  auto child = ChildProcess::start({"sleep", "100"}, {});
  ASSERT_TRUE(child);
  (*child)->signal(SIGKILL);
  EXPECT_EQ((*child)->wait(), 128 + SIGKILL);
}

TEST(ChildProcess, WhatDoesNotExistIsNotFound) {
  const auto child = ChildProcess::start({"meanwhile-no-such-program"}, {});
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error().code, ErrorCode::NotFound);
}

TEST(ChildProcess, WhatMayNotBeRunIsSaidSo) {
  const ScopedFolder folder;
  ASSERT_TRUE(write_file_durably(folder.path() / "text", {}));
  const auto child = ChildProcess::start({(folder.path() / "text").string()}, {});
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error().code, ErrorCode::PermissionDenied);
}

TEST(ChildProcess, GivesOwnVariablesOnTopOfOurs) {
  const ScopedFolder folder;
  const ScopedEnvironment ours({{"RIG_FIRST", "one"}, {"RIG_SECOND", "two"}});
  const auto output = folder.path() / "out";
  ASSERT_TRUE(run_program({"sh", "-c", "echo $RIG_FIRST $RIG_SECOND"},
                          {.environment = {{"RIG_SECOND", "three"}}, .output = output}));
  EXPECT_EQ(text_of(output), "one three\n");
}

TEST(ChildProcess, KeepsOutputAndErrorsApart) {
  const ScopedFolder folder;
  const auto output = folder.path() / "out";
  const auto errors = folder.path() / "err";
  ASSERT_TRUE(
      run_program({"sh", "-c", "echo said; echo complained >&2"}, {.output = output, .errors = errors}));
  EXPECT_EQ(text_of(output), "said\n");
  EXPECT_EQ(text_of(errors), "complained\n");
}

}  // namespace
}  // namespace meanwhile
