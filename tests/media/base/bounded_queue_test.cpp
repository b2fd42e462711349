#include "media/base/bounded_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

namespace meanwhile::test {
namespace {

TEST(BoundedQueue, GivesItemsInOrder) {
  BoundedQueue<int> queue(3);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(queue.push(i), PushOutcome::Pushed);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(queue.pop(), i);
  EXPECT_EQ(queue.try_pop(), std::nullopt);
}

TEST(BoundedQueue, FullQueueLosesItsOldestWhereAsked) {
  BoundedQueue<int> queue(2);
  EXPECT_EQ(queue.push_dropping_oldest(1), PushOutcome::Pushed);
  EXPECT_EQ(queue.push_dropping_oldest(2), PushOutcome::Pushed);
  EXPECT_EQ(queue.push_dropping_oldest(3), PushOutcome::DroppedOldest);
  EXPECT_EQ(queue.pop(), 2);
  EXPECT_EQ(queue.size(), 1u);
}

// So many that a producer who doesn't wait is ahead of its consumer at some of them.
TEST(BoundedQueue, FullQueueBlocksUntilThereIsRoom) {
  constexpr int kItems = 10'000;
  BoundedQueue<int> queue(2);
  std::jthread producer([&] {
    for (int i = 0; i < kItems; ++i) EXPECT_EQ(queue.push(i), PushOutcome::Pushed);
  });
  std::size_t most = 0;
  for (int i = 0; i < kItems; ++i) {
    most = std::max(most, queue.size());
    EXPECT_EQ(queue.pop(), i);
  }
  EXPECT_LE(most, 2U);
}

TEST(BoundedQueue, CloseDrains) {
  BoundedQueue<int> queue(3);
  queue.push(1);
  queue.close();
  EXPECT_EQ(queue.push(2), PushOutcome::Closed);
  EXPECT_EQ(queue.push_dropping_oldest(2), PushOutcome::Closed);
  EXPECT_EQ(queue.pop(), 1);
  EXPECT_EQ(queue.pop(), std::nullopt);
}

TEST(BoundedQueue, CancelDropsAndWakesBothSides) {
  BoundedQueue<std::shared_ptr<int>> full(1);
  const auto item = std::make_shared<int>(1);
  full.push(item);
  PushOutcome outcome = PushOutcome::Pushed;
  std::jthread producer([&] { outcome = full.push(item); });
  full.cancel();
  producer.join();
  EXPECT_EQ(outcome, PushOutcome::Closed);
  EXPECT_EQ(item.use_count(), 1);
  BoundedQueue<int> empty(1);
  std::jthread consumer([&] { EXPECT_EQ(empty.pop(), std::nullopt); });
  empty.cancel();
}

TEST(BoundedQueue, ManyThreadsLoseNothing) {
  BoundedQueue<int> queue(4);
  std::atomic<int> sum = 0;
  {
    std::jthread first([&] {
      for (int i = 1; i <= 500; ++i) queue.push(i);
    });
    std::jthread second([&] {
      for (int i = 1; i <= 500; ++i) queue.push(i);
    });
    std::jthread consumer([&] {
      for (int i = 0; i < 500; ++i) sum += *queue.pop();
    });
    for (int i = 0; i < 500; ++i) sum += *queue.pop();
  }
  EXPECT_EQ(sum, 500 * 501);
}

}  // namespace
}  // namespace meanwhile::test
