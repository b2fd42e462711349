// Work handed to the window's thread by others.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "media/base/guarded.h"

namespace meanwhile {

class Mailbox {
 public:
  // wake: makes the window's thread call deliver() soon; any thread.
  explicit Mailbox(std::function<void()> wake) : wake_(std::move(wake)) {}

  // Any thread.
  void post(std::function<void()> letter) {
    letters_.lock()->push_back(std::move(letter));
    wake_();
  }

  // The window's thread. Letters that come meanwhile wait for the next time.
  void deliver() {
    std::vector<std::function<void()>> letters;
    letters.swap(*letters_.lock());
    for (const auto& letter : letters) letter();
  }

 private:
  const std::function<void()> wake_;
  Guarded<std::vector<std::function<void()>>> letters_;
};

}  // namespace meanwhile
