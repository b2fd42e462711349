// Work handed to the window's thread by others.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "media/base/guarded.h"
#include "media/base/thread_checker.h"

namespace meanwhile {

class Mailbox {
 public:
  // knock: makes the window's thread call deliver() soon; any thread.
  explicit Mailbox(std::function<void()> knock) : knock_(std::move(knock)) {}

  // Any thread. A frame is drawn afterwards.
  void post(std::function<void()> letter) {
    post_quietly([letter = std::move(letter)] {
      letter();
      return true;
    });
  }
  // Any thread. A frame is drawn afterwards if the letter says that there is something new to see.
  void post_quietly(std::function<bool()> letter) {
    letters_.lock()->push_back(std::move(letter));
    knock_();
  }

  // The window's thread. Letters that come meanwhile wait for the next time. true: there is something to see.
  bool deliver() {
    one_thread_.check();
    std::vector<std::function<bool()>> letters;
    letters.swap(*letters_.lock());
    bool is_seen = false;
    for (const auto& letter : letters) is_seen = letter() || is_seen;
    return is_seen;
  }

 private:
  const std::function<void()> knock_;
  Guarded<std::vector<std::function<bool()>>> letters_;
  [[no_unique_address]] ThreadChecker one_thread_;  // that delivers
};

}  // namespace meanwhile
