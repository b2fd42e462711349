// The window's tree for screen readers and the like, over AT-SPI. Costs nothing as long as nobody listens.
#pragma once

#include <functional>
#include <memory>

#include "app/platform/accessible.h"

namespace meanwhile {

class AccessibleBridge {
 public:
  // Ends its thread: waits for the bus, should that hang.
  virtual ~AccessibleBridge() = default;
  // Somebody listens: frames are worth to be told. Any thread.
  virtual bool is_heard() const = 0;
  // Of frames that come quickly the newest counts. Any thread; waits for nothing.
  virtual void show(AccessibleFrame frame) = 0;
};

// on_wish: somebody asks for something through the tree; on_heard: somebody began to listen. Both are called
// on the bridge's thread.
struct AccessibleCalls {
  std::function<void(AccessibleWish)> on_wish;
  std::function<void()> on_heard;
};
// Without a session bus, or without MEANWHILE_ATSPI, nobody ever listens.
std::unique_ptr<AccessibleBridge> make_accessible_bridge(AccessibleCalls calls);

}  // namespace meanwhile
