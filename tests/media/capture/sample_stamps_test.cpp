#include "media/capture/sample_stamps.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>

namespace meanwhile {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kBlock = 960;  // 20 ms

MonotonicTime ideal(std::int64_t block, double parts_per_million = 0) {
  return MonotonicTime(
      seconds(100) + microseconds(static_cast<std::int64_t>(20'000 * block * (1 - parts_per_million / 1e6))));
}

TEST(SampleStamps, JitterOfTheMeasurementsIsSmoothedAway) {
  SampleStamps stamps(48000);
  MonotonicTime last{};
  for (int i = 0; i < 500; ++i) {
    const auto jitter = microseconds((i * 7919) % 8001 - 4000);
    const MonotonicTime at = stamps.stamp(ideal(i) + jitter, kBlock);
    if (i > 50) {
      EXPECT_LT(std::abs((at - last - milliseconds(20)).count()), 200) << i;
      EXPECT_LT(std::abs((at - ideal(i)).count()), 2500) << i;
    }
    last = at;
  }
}

TEST(SampleStamps, ClockThatDriftsIsFollowed) {
  SampleStamps stamps(48000);
  for (int i = 0; i < 3000; ++i) {
    const MonotonicTime at = stamps.stamp(ideal(i, 1000), kBlock);
    EXPECT_LT(std::abs((at - ideal(i, 1000)).count()), 2000) << i;
  }
}

TEST(SampleStamps, DeviceThatSleptIsBelievedAtOnce) {
  SampleStamps stamps(48000);
  for (int i = 0; i < 100; ++i) stamps.stamp(ideal(i), kBlock);

  EXPECT_EQ(stamps.stamp(ideal(200), kBlock), ideal(200));
}

TEST(SampleStamps, StampsRiseAlsoWhenMeasurementsGoBack) {
  SampleStamps stamps(48000);
  const MonotonicTime first = stamps.stamp(ideal(100), kBlock);

  EXPECT_GT(stamps.stamp(ideal(0), kBlock), first);
}

TEST(SampleStamps, AfterARestartTheNextMeasurementIsBelieved) {
  SampleStamps stamps(48'000);
  MonotonicTime at{std::chrono::seconds(100)};
  for (int block = 0; block < 100; ++block, at += std::chrono::milliseconds(20)) stamps.stamp(at, 960);
  stamps.restart();
  at += std::chrono::milliseconds(90);
  EXPECT_EQ(stamps.stamp(at, 960), at);
}

}  // namespace
}  // namespace meanwhile
