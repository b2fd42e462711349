// Jobs that ask places: who is waited for, and for how long.
#include "app/libraries/place_jobs.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <future>
#include <mutex>

#include "upload/traffic.h"

namespace meanwhile {
namespace {

void wait_for_stop(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait(lock, stop, [] { return false; });
}

TEST(PlaceJobs, AreWaitedForUntilAllAreDone) {
  PlaceJobs jobs;
  std::atomic<int> done = 0;
  for (const char* name : {"a", "b"}) ASSERT_TRUE(jobs.start(name, [&](std::stop_token) { ++done; }));
  EXPECT_TRUE(jobs.wait());
  EXPECT_EQ(done, 2);
  EXPECT_FALSE(jobs.is_hung());
}

TEST(PlaceJobs, ASilentOneIsAskedToStop) {
  PlaceJobs jobs;
  std::atomic<bool> was_asked = false;
  jobs.start("silent", [&](std::stop_token stop) {
    wait_for_stop(stop);
    was_asked = true;
  });
  EXPECT_TRUE(jobs.wait()) << "it ends when it is asked to";
  EXPECT_TRUE(was_asked);
}

TEST(PlaceJobs, AHangingOneIsLeftAloneAndIsInNoOthersWay) {
  std::promise<void> mounted;
  std::promise<void> ended;
  PlaceJobs jobs;
  jobs.start("hung", [&](std::stop_token) { mounted.get_future().wait(); });
  EXPECT_FALSE(jobs.wait());
  EXPECT_TRUE(jobs.is_hung());
  EXPECT_FALSE(jobs.start("hung", [](std::stop_token) {})) << "one of a name at a time";
  EXPECT_TRUE(jobs.start("other", [&](std::stop_token) { ended.set_value(); }));
  ended.get_future().wait();
  mounted.set_value();
}

TEST(PlaceJobs, OneThatGetsOnMayTakeItsTime) {
  PlaceJobs jobs;
  std::atomic<bool> was_stopped = false;
  jobs.start("slow", [&](std::stop_token stop) {
    // Longer than the patience, but never silent for as long.
    std::mutex mutex;
    std::condition_variable_any never;
    std::unique_lock lock(mutex);
    for (int i = 0; i < 12; ++i) {
      note_traffic(1000);
      never.wait_for(lock, stop, kPatience / 4, [] { return false; });
    }
    was_stopped = stop.stop_requested();
  });
  EXPECT_TRUE(jobs.wait());
  EXPECT_FALSE(was_stopped);
}

}  // namespace
}  // namespace meanwhile
