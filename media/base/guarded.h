// Data that can only be reached through its lock.
#pragma once

#include <mutex>
#include <utility>

namespace meanwhile {

// auto status = status_.lock(); status->bytes += n;   The lock is held as long as the returned handle lives.
template <typename T>
class Guarded {
 public:
  class Handle {
   public:
    T* operator->() { return value_; }
    T& operator*() { return *value_; }

    // Waits on condition until predicate() is true; the lock is released while waiting.
    template <typename Condition, typename Predicate>
    void wait(Condition& condition, Predicate predicate) {
      condition.wait(lock_, std::move(predicate));
    }

    // The same, for `longest` at most; answers whether it is true.
    template <typename Condition, typename Duration, typename Predicate>
    bool wait_for(Condition& condition, Duration longest, Predicate predicate) {
      return condition.wait_for(lock_, longest, std::move(predicate));
    }

   private:
    friend class Guarded;
    Handle(std::mutex& mutex, T& value) : lock_(mutex), value_(&value) {}
    std::unique_lock<std::mutex> lock_;
    T* value_;
  };

  template <typename... Args>
  explicit Guarded(Args&&... args) : value_(std::forward<Args>(args)...) {}

  [[nodiscard]] Handle lock() { return Handle(mutex_, value_); }
  [[nodiscard]] T copy() const {
    std::lock_guard lock(mutex_);
    return value_;
  }

 private:
  mutable std::mutex mutex_;
  T value_;
};

}  // namespace meanwhile
