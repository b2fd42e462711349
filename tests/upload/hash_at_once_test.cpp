#include "upload/hash_at_once.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

namespace meanwhile {
namespace {

TEST(HashAtOnce, HashesEachOnceHoweverMuchThereIs) {
  for (const std::uint64_t bytes : {std::uint64_t{0}, std::uint64_t{1000}, std::uint64_t{1} << 40}) {
    std::vector<std::atomic<int>> hashed(30);
    hash_at_once(hashed.size(), bytes, [&](std::size_t i) { ++hashed[i]; });
    for (const auto& times : hashed) EXPECT_EQ(times, 1) << bytes;
  }
}

}  // namespace
}  // namespace meanwhile
