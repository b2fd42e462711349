#include "media/capture/waiting.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/support/scripted_sources.h"

namespace meanwhile {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;

constexpr MonotonicTime kFirst{hours(5)};

TEST(Tick, FollowsTheOneBeforeByAnInterval) {
  EXPECT_EQ(tick_after(kFirst, kFirst, microseconds(10)), kFirst + microseconds(10));
}

TEST(Tick, IsNoLaterBecauseTheOneBeforeWasLate) {
  EXPECT_EQ(tick_after(kFirst, kFirst + microseconds(9), microseconds(10)), kFirst + microseconds(10));
}

TEST(Tick, IsTheNextOfTheScheduleAfterSomeWereMissed) {
  EXPECT_EQ(tick_after(kFirst, kFirst + microseconds(10), microseconds(10)), kFirst + microseconds(20));
  EXPECT_EQ(tick_after(kFirst, kFirst + microseconds(1009), microseconds(10)), kFirst + microseconds(1010));
}

TEST(Tick, ThatCameEarlyIsNotRepeated) {
  EXPECT_EQ(tick_after(kFirst, kFirst - microseconds(1), microseconds(10)), kFirst + microseconds(10));
}

// Whether the ticker ticks by its clock as it stands: else it would wait for most of an hour.
bool ticks(Ticker& ticker) {
  std::stop_source stop;
  std::jthread patience([&stop](const std::stop_token& done) {
    const SteadyClock clock;
    if (Alarm().wait_until(clock.now() + std::chrono::seconds(20), clock, done)) stop.request_stop();
  });
  return ticker.wait(stop.get_token());
}

TEST(Ticker, TicksWhenTheScheduleSaysSo) {
  ScriptedClock clock;
  Ticker ticker(clock, hours(1));
  ASSERT_TRUE(ticks(ticker));
  clock.advance(hours(1) + minutes(59));
  ASSERT_TRUE(ticks(ticker)) << "the first was forgotten";
  clock.advance(minutes(1));
  EXPECT_TRUE(ticks(ticker)) << "it drifts: an hour after it was late, not two after the first";
}

TEST(Alarm, StopEndsTheWaitAtOnce) {
  const SteadyClock clock;
  std::stop_source stop;
  std::jthread stopper([&stop] { stop.request_stop(); });
  Alarm alarm;

  EXPECT_FALSE(alarm.wait_until(clock.now() + hours(1), clock, stop.get_token()));
}

}  // namespace
}  // namespace meanwhile
