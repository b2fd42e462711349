// Who takes what sources give: frames, samples and pointer positions, all stamped by one clock.
#pragma once

#include <cstdint>
#include <vector>

#include "media/base/clock.h"
#include "media/base/result.h"
#include "media/ffmpeg/owners.h"

namespace meanwhile {

// What a device says of itself while it is open.
enum class SourceState {
  Delivering,
  Muted,   // microphones: muted, or at volume 0, in the system
  Paused,  // held back by the system (a portal's stream, a camera's switch): nothing comes until it isn't
  Unseen,  // screens: it is off, or the window is minimised, so that there is nothing to see
};

// Takes what a source gives. Called on the source's own thread, never two calls at once; must not block for
// long.
class FrameSink {
 public:
  virtual ~FrameSink() = default;
  // frame: YUV420P (color_range and colorspace set), even width x height as info() says; never changed
  // afterwards by the source. at: the instant at which it was on the screen or in front of the camera;
  // strictly rising.
  virtual void on_frame(FramePtr frame, MonotonicTime at) = 0;
  // Everything up to `at` was looked at and the picture did not change: the last frame still holds. Sent at
  // the source's tick by sources that know (screens); cameras never send it.
  virtual void on_unchanged(MonotonicTime at) = 0;
  // Only when it changed; Delivering until then. For sources that are told so by the system.
  virtual void on_state(SourceState /*state*/) {}
  // The source is over: EndOfStream (a file ended), or what went wrong. The last call.
  virtual void on_ended(Error why) = 0;
};

class SampleSink {
 public:
  virtual ~SampleSink() = default;
  // samples: AV_SAMPLE_FMT_FLTP, 48 kHz, with info()'s channels: a microphone's inputs as they are. at: the
  // instant at which the first sample was in the air (device latency already taken off).
  virtual void on_samples(FramePtr samples, MonotonicTime at) = 0;
  // As FrameSink's.
  virtual void on_state(SourceState /*state*/) {}
  virtual void on_ended(Error why) = 0;
};

// The pointer over the recorded screen. x, y: pixels of the screen's picture; may lie outside of it.
struct PointerSample {
  MonotonicTime at;
  int x = 0;
  int y = 0;
  int shape = 0;              // index into the shapes given so far
  std::uint32_t buttons = 0;  // bit 0 left, 1 middle, 2 right
};

// A picture of the pointer: RGBA, straight (not premultiplied) alpha, row after row without padding.
struct PointerShape {
  int index = 0;
  int width = 0;
  int height = 0;
  int hot_x = 0;
  int hot_y = 0;
  std::vector<std::uint8_t> rgba;
};

class PointerSink {
 public:
  virtual ~PointerSink() = default;
  virtual void on_shape(PointerShape shape) = 0;
  // Only when something of it changed.
  virtual void on_pointer(PointerSample sample) = 0;
};

}  // namespace meanwhile
