// What differs between two frames as a screen reader is told of them.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "app/platform/accessible.h"

namespace meanwhile {

// Any thread, one at a time.
class AccessibleChanges {
 public:
  using Id = std::uint64_t;  // 0: the window

  struct Part {
    Id id = 0;
    Id parent = 0;
    Accessible now;
  };
  struct Change {
    std::vector<Id> gone;    // children before their parents
    std::vector<Part> come;  // parents before their children
    std::vector<Part> differ;
    // Of each whose children are others now, or stand in another order.
    std::map<Id, std::vector<Id>> children;
  };

  // A part is the one of the last frame that has its key and can do the same, below the same parent. Of those
  // without a key it is the one that says the same, else the next in order that is left over.
  Change take(const AccessibleFrame& frame);

 private:
  std::vector<Part> named(const AccessibleFrame& frame);
  void name_words(std::vector<Part>& parts);

  std::vector<Part> last_;
  std::map<Id, std::vector<Id>> children_;
  Id last_id_ = 0;
};

}  // namespace meanwhile
