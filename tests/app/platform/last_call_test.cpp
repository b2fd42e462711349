#include "app/platform/last_call.h"

#include <gtest/gtest.h>

#include <future>

namespace meanwhile {
namespace {

using std::chrono::milliseconds;

class LastCallDeathTest : public testing::Test {
 protected:
  LastCallDeathTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

TEST_F(LastCallDeathTest, WhoHangsIsLeftBehind) {
  EXPECT_EXIT(
      {
        std::promise<void> never;
        LastCall last_call;
        last_call.begin(milliseconds(1), 3);
        never.get_future().wait();
      },
      testing::ExitedWithCode(3), "");
}

TEST_F(LastCallDeathTest, TheNearestOfSeveralCounts) {
  EXPECT_EXIT(
      {
        std::promise<void> never;
        LastCall last_call;
        last_call.begin(std::chrono::hours(1), 1);
        last_call.begin(milliseconds(1), 4);
        last_call.begin(std::chrono::hours(2), 5);
        never.get_future().wait();
      },
      testing::ExitedWithCode(4), "");
}

TEST_F(LastCallDeathTest, WhoEndsInTimeEndsByItself) {
  EXPECT_EXIT(
      {
        {
          LastCall last_call;
          last_call.begin(std::chrono::hours(1), 6);
        }
        std::exit(0);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace meanwhile
