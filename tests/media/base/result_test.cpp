#include "media/base/result.h"

#include <gtest/gtest.h>

namespace meanwhile::test {
namespace {

Result<void> refuse() {
  return fail(ErrorCode::NotFound, "no such thing");
}

Result<int> try_it(bool refused) {
  if (refused) MEANWHILE_TRY(refuse());
  return 7;
}

TEST(Result, TryPassesTheErrorOn) {
  EXPECT_EQ(try_it(false), 7);
  const auto failed = try_it(true);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::NotFound);
}

TEST(Result, AnErrorSaysWhatWasBeingDone) {
  const Result<int> failed = fail("opening the clip", Error{ErrorCode::Io, "the disk is gone"});
  EXPECT_EQ(failed.error().message, "opening the clip: the disk is gone");
}

TEST(Result, ControlOutcomesAreNoFailures) {
  EXPECT_TRUE((Error{ErrorCode::Aborted, ""}.is_control()));
  EXPECT_TRUE((Error{ErrorCode::TryAgain, ""}.is_control()));
  EXPECT_FALSE((Error{ErrorCode::Unavailable, ""}.is_control()));
  EXPECT_TRUE((Error{ErrorCode::Unavailable, ""}.may_pass()));
  EXPECT_FALSE((Error{ErrorCode::Corrupt, ""}.may_pass()));
}

}  // namespace
}  // namespace meanwhile::test
