#include "upload/claim_pace.h"

#include <gtest/gtest.h>

namespace meanwhile {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

constexpr std::chrono::steady_clock::time_point kStart(100s);

TEST(ClaimPace, BeginsWithOneForEachThread) {
  EXPECT_EQ(ClaimPace(8).next(kStart), 8);
}

TEST(ClaimPace, GrowsWhileWhatWasClaimedIsUsedUpAtOnce) {
  ClaimPace pace(4);
  std::vector<int> counts;
  for (int i = 0; i < 6; ++i) counts.push_back(pace.next(kStart + i * 50ms));
  EXPECT_EQ(counts, (std::vector{4, 8, 16, 32, 32, 32}));
}

TEST(ClaimPace, BeginsAnewOnASlowLine) {
  ClaimPace pace(4);
  pace.next(kStart);
  pace.next(kStart + 50ms);
  EXPECT_EQ(pace.next(kStart + 2s), 4);
}

}  // namespace
}  // namespace meanwhile
