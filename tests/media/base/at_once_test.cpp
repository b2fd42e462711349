#include "media/base/at_once.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <vector>

namespace meanwhile {
namespace {

TEST(AtOnce, DoesEachPartOnceWhateverTheThreads) {
  for (const std::size_t threads : {0u, 1u, 3u, 50u}) {
    std::vector<std::atomic<int>> done(20);
    at_once(done.size(), threads, "part", [&](std::size_t i) { ++done[i]; });
    for (const auto& times : done) EXPECT_EQ(times, 1) << threads;
  }
}

TEST(AtOnce, PartsRunBesideEachOther) {
  std::latch all(3);  // nobody gets past it alone
  at_once(3, 3, "part", [&](std::size_t /*i*/) { all.arrive_and_wait(); });
  EXPECT_TRUE(all.try_wait());
}

TEST(AtOnce, NothingToDoIsDone) {
  at_once(0, 4, "part", [](std::size_t /*i*/) { FAIL(); });
}

}  // namespace
}  // namespace meanwhile
