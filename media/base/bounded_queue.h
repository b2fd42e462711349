// A queue between two threads that never holds more than its capacity.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace meanwhile {

enum class PushOutcome { Pushed, DroppedOldest, Closed };

// Any number of producers and consumers.
// close(): no more pushes; consumers get what is left, then nothing (a drain). cancel(): what is left is
// dropped too.
template <typename T>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t capacity) : capacity_(capacity) {}

  // Blocks while the queue is full. Closed: the item was not taken.
  PushOutcome push(T item) {
    std::unique_lock lock(mutex_);
    not_full_.wait(lock, [&] { return closed_ || items_.size() < capacity_; });
    if (closed_) return PushOutcome::Closed;
    items_.push_back(std::move(item));
    not_empty_.notify_one();
    return PushOutcome::Pushed;
  }

  // Never blocks: a full queue loses its oldest item, which the caller counts.
  PushOutcome push_dropping_oldest(T item) {
    std::unique_lock lock(mutex_);
    if (closed_) return PushOutcome::Closed;
    std::optional<T> oldest;  // destroyed after the lock is released
    if (items_.size() >= capacity_) {
      oldest = std::move(items_.front());
      items_.pop_front();
    }
    items_.push_back(std::move(item));
    not_empty_.notify_one();
    lock.unlock();
    return oldest ? PushOutcome::DroppedOldest : PushOutcome::Pushed;
  }

  // Blocks until there is an item or the queue was closed and is empty (nullopt).
  std::optional<T> pop() {
    std::unique_lock lock(mutex_);
    not_empty_.wait(lock, [&] { return closed_ || !items_.empty(); });
    return take_front_locked();
  }

  std::optional<T> try_pop() {
    std::unique_lock lock(mutex_);
    return take_front_locked();
  }

  void close() {
    std::lock_guard lock(mutex_);
    closed_ = true;
    not_empty_.notify_all();
    not_full_.notify_all();
  }

  void cancel() {
    std::deque<T> dropped;
    std::lock_guard lock(mutex_);
    closed_ = true;
    dropped.swap(items_);
    not_empty_.notify_all();
    not_full_.notify_all();
  }

  // Drops what is queued; the queue stays open.
  void clear() {
    std::deque<T> dropped;
    std::lock_guard lock(mutex_);
    dropped.swap(items_);
    not_full_.notify_all();
  }

  [[nodiscard]] std::size_t size() const {
    std::lock_guard lock(mutex_);
    return items_.size();
  }

 private:
  std::optional<T> take_front_locked() {
    if (items_.empty()) return std::nullopt;
    std::optional<T> item = std::move(items_.front());
    items_.pop_front();
    not_full_.notify_one();
    return item;
  }

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable not_empty_;
  std::condition_variable not_full_;
  std::deque<T> items_;
  bool closed_ = false;
};

}  // namespace meanwhile
