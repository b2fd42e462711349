// Records what a screen cast gives: a monitor or a window, through PipeWire.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/capture/pipewire/stream.h"
#include "media/capture/source.h"

namespace meanwhile {

// What holds a cast besides its stream: the portal's session. The threads of the stream.
class CastGuard {
 public:
  virtual ~CastGuard() = default;
  // Can be read when check() has something to look at.
  virtual int descriptor() const = 0;
  // Why the cast is over; nullopt: it isn't.
  virtual std::optional<Error> check() = 0;
};

// name: "Shared screen"; its size is added. Its frames are BT.601, limited range, all of the size of the
// first picture, or scaled down to most_width; a screen that gets another size is fitted into that. Of a
// stream that stands still it says several times a second that nothing changed. Owns the thread "screen".
// Ends (on_ended) with Unavailable: the cast was ended by the desktop, its source is gone, it stayed paused
// for 10 s. Blocks until the format is agreed on, and a little longer for the first picture. Errors:
// Unavailable, Aborted (stop).
Result<std::unique_ptr<FrameSource>> open_cast(std::string name, std::unique_ptr<PipeWireStream> stream,
                                               std::unique_ptr<CastGuard> guard, int frames_per_second,
                                               int most_width, const Clock& clock,
                                               const std::stop_token& stop);

}  // namespace meanwhile
