#include "media/export/frame_times.h"

#include <algorithm>
#include <chrono>

#include "media/base/media_time.h"

namespace meanwhile {
namespace {

// Of a picture that stands still. Longer than that players look frozen after a seek, and some give up.
constexpr MediaTime kLongestHeld = std::chrono::milliseconds(500);

}  // namespace

FrameTimes::Span FrameTimes::after(MediaTime last, MediaTime change) const {
  // The pointer may move right after a frame that stands in the middle of several pictures.
  change = std::max(change, last + closest());
  // A change that comes soon is waited for: a frame right before it would be one too many.
  const MediaTime held = last + std::max(interval_, kLongestHeld);
  if (change > held + interval_ / 2) return {held, held};
  return {change, change + shared()};
}

}  // namespace meanwhile
