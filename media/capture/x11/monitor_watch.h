// Says when a monitor comes, goes, or changes its size.
#pragma once

#include <optional>

#include "media/base/thread_checker.h"
#include "media/capture/x11/connection.h"

namespace meanwhile {

// One thread. Of the display that $DISPLAY names at the beginning; without one it never says anything.
// Source: RandR 1.5, RRSelectInput.
class MonitorWatch {
 public:
  MonitorWatch();

  // Readable when something happened; -1: never.
  int descriptor() const;
  // True: something changed since the last call, or the server went away. Doesn't block.
  bool take_changes();

 private:
  std::optional<XScreen> x_;
  [[no_unique_address]] ThreadChecker one_thread_;
};

}  // namespace meanwhile
