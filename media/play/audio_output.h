// Where a player's sound goes.
#pragma once

#include <functional>
#include <span>

#include "media/base/media_time.h"
#include "media/base/result.h"

namespace meanwhile {

// A loudspeaker. The player gives it sound when it asks; what it has played is the clock.
class AudioOutput {
 public:
  // Fills all of `samples` (interleaved stereo float, 48 kHz). Called on the device's thread; must not block.
  using Fill = std::function<void(std::span<float> samples)>;

  virtual ~AudioOutput() = default;
  // Starts paused. Errors: Unavailable (no sound device: the player then plays by the steady clock, without
  // sound).
  virtual Result<void> open(Fill fill) = 0;
  virtual void set_paused(bool paused) = 0;
  // The device went away while it was open: nobody hears what is filled, though it may be asked for, until it
  // is opened again. Any thread.
  virtual bool is_lost() const = 0;
  // Between a sample's being handed over by fill and its being heard.
  virtual MediaTime latency() const = 0;
  virtual void close() = 0;
};

}  // namespace meanwhile
