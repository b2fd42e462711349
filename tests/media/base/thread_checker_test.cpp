#include "media/base/thread_checker.h"

#include <gtest/gtest.h>

#include "media/base/named_thread.h"

#ifndef NDEBUG

namespace meanwhile::test {
namespace {

void use_elsewhere(const ThreadChecker& checker) {
  NamedThread("elsewhere", [&] { checker.check(); }).join();
}

TEST(ThreadCheckerDeathTest, AnotherThreadEndsTheProgram) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  ThreadChecker checker;
  checker.check();
  EXPECT_DEATH(use_elsewhere(checker), "a class of one thread on another");
}

TEST(ThreadChecker, BelongsToItsFirstUserNotToItsMaker) {
  const ThreadChecker checker;
  use_elsewhere(checker);
}

TEST(ThreadChecker, HandedOverItBelongsToTheNext) {
  ThreadChecker checker;
  checker.check();
  checker.hand_over();
  use_elsewhere(checker);
}

TEST(ThreadChecker, ACopyBelongsToNobodyYet) {
  ThreadChecker checker;
  checker.check();
  use_elsewhere(ThreadChecker(checker));
}

}  // namespace
}  // namespace meanwhile::test

#endif
