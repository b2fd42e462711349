// Follows the pointer of an X screen.
#pragma once

#include <optional>

#include "media/capture/pointer_shapes.h"
#include "media/capture/source.h"
#include "media/capture/x11/connection.h"

namespace meanwhile {

// The thread of the connection; x must outlive it.
class PointerWatch {
 public:
  explicit PointerWatch(const XScreen& x) : x_(x) {}

  // Tells sink what changed since the last call. origin_x, origin_y: the picture's corner on the screen.
  void tick(bool has_new_shape, MonotonicTime at, int origin_x, int origin_y, PointerSink& sink);

 private:
  // Its index, given to sink if it is a new one.
  int current_shape(PointerSink& sink);
  std::optional<PointerSample> look(MonotonicTime at, int origin_x, int origin_y);

  const XScreen& x_;
  PointerShapes shapes_;
  std::optional<PointerSample> last_;
  int shape_ = 0;
};

}  // namespace meanwhile
