#include "media/capture/waiting.h"

#include <gtest/gtest.h>

#include <thread>

namespace meanwhile {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

// A clock that is late by as much as it was told to be.
class LateClock final : public Clock {
 public:
  MonotonicTime now() const override { return SteadyClock().now() + late; }
  microseconds late{};
};

TEST(Ticker, TicksThatWereMissedAreLeftOut) {
  LateClock clock;
  Ticker ticker(clock, milliseconds(10));
  const std::stop_source stop;
  ASSERT_TRUE(ticker.wait(stop.get_token()));
  clock.late = milliseconds(1000);
  ASSERT_TRUE(ticker.wait(stop.get_token()));

  const auto before = clock.now();
  ASSERT_TRUE(ticker.wait(stop.get_token()));
  ASSERT_TRUE(ticker.wait(stop.get_token()));

  EXPECT_GE(clock.now() - before, milliseconds(10));
}

TEST(Ticker, ScheduleDoesNotDrift) {
  const SteadyClock clock;
  const auto start = clock.now();
  Ticker ticker(clock, milliseconds(5));
  const std::stop_source stop;

  for (int i = 0; i < 21; ++i) ASSERT_TRUE(ticker.wait(stop.get_token()));

  EXPECT_GE(clock.now() - start, milliseconds(100));
}

TEST(Alarm, StopEndsTheWaitAtOnce) {
  const SteadyClock clock;
  std::stop_source stop;
  std::jthread stopper([&stop] { stop.request_stop(); });
  Alarm alarm;

  EXPECT_FALSE(alarm.wait_until(clock.now() + std::chrono::hours(1), clock, stop.get_token()));
}

}  // namespace
}  // namespace meanwhile
