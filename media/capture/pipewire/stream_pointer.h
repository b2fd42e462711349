// The pointer of a screen's stream, told to a PointerSink.
#pragma once

#include <optional>

#include "media/base/clock.h"
#include "media/capture/pipewire/stream_buffer.h"
#include "media/capture/pointer_shapes.h"
#include "media/capture/sinks.h"

namespace meanwhile {

// Where a part of a stream's buffers is in the picture that is recorded.
struct Placement {
  Rect from;  // in the buffer
  Rect to;    // in the picture
};

class StreamPointerTeller {
 public:
  // Tells sink what changed. Streams say nothing of buttons.
  void tell(StreamPointer pointer, MonotonicTime at, const Placement& placement, PointerSink& sink);

 private:
  PointerShapes shapes_;
  std::optional<PointerSample> last_;
  int shape_ = 0;
};

}  // namespace meanwhile
