// What the parts of a Recorder have to say to whoever watches it.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "media/base/guarded.h"

namespace meanwhile {

// Any thread.
class RecorderNotes {
 public:
  explicit RecorderNotes(std::function<void()> on_change) : on_change_(std::move(on_change)) {}

  void changed() const {
    if (on_change_) on_change_();
  }
  // A whole sentence: what happened, what to do. Said once, however often it happens.
  void warn(std::string sentence) {
    {
      auto warnings = warnings_.lock();
      if (std::find(warnings->begin(), warnings->end(), sentence) == warnings->end()) {
        warnings->push_back(std::move(sentence));
      }
    }
    changed();
  }
  std::vector<std::string> warnings() const { return warnings_.copy(); }

 private:
  const std::function<void()> on_change_;
  Guarded<std::vector<std::string>> warnings_;
};

}  // namespace meanwhile
