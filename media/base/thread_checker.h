// Holds a class to one thread.
#pragma once

#ifndef NDEBUG
#include <atomic>
#include <cassert>
#include <thread>
#endif

namespace meanwhile {

// A member of a class that only one thread may use: the one that does first. check() asserts it in debug
// builds; in release builds it is nothing. A copy is a new one.
class ThreadChecker {
 public:
#ifdef NDEBUG
  void check() const {}
  void hand_over() {}
#else
  ThreadChecker() = default;
  ThreadChecker(const ThreadChecker&) {}
  ThreadChecker& operator=(const ThreadChecker&) { return *this; }
  ~ThreadChecker() = default;

  // Any thread but the owner's ends the program.
  void check() const {
    std::thread::id owner;
    const std::thread::id me = std::this_thread::get_id();
    if (!owner_.compare_exchange_strong(owner, me)) assert(owner == me && "a class of one thread on another");
  }
  // Whoever uses it next owns it. The one who calls sees to it that both don't do it at once.
  void hand_over() { owner_ = std::thread::id(); }

 private:
  mutable std::atomic<std::thread::id> owner_;
#endif
};

}  // namespace meanwhile
